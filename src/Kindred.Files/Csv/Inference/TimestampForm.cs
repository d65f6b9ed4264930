namespace Kindred.Files.Csv.Inference;

/// <summary>How a column of moments is written.</summary>
public enum TimestampForm
{
    /// <summary>Whole seconds since 1970, as the import wants them.</summary>
    Seconds,
    Milliseconds,
    /// <summary>Dates and times as ISO 8601 has them, such as <c>2024-05-01T12:00:00Z</c> or <c>2024-05-01 12:00</c>; UTC unless they say more.</summary>
    Iso8601,
}
