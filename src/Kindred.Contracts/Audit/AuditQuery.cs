namespace Kindred.Contracts.Audit;

/// <summary>Which entries of a tenant's trail are asked for; the newest come first.</summary>
public sealed record AuditQuery
{
    public const int MostEntries = 1000;

    /// <summary>Found in actor, action, target or origin, whatever the case; null for all.</summary>
    public string? Text { get; init; }

    /// <summary>Inclusive; null for the oldest.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive; null for the newest.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Entries before this <see cref="AuditEntry.Number"/>, to go on where a page ended; null to begin.</summary>
    public long? Before { get; init; }

    /// <summary>1 to <see cref="MostEntries"/>.</summary>
    public int Limit { get; init; } = 100;
}
