using System.Globalization;
using Kindred.Contracts.Datasets;
using Kindred.Files.Csv;

namespace Kindred.Storage.Schemas;

/// <summary>Checks single values against their column. Limits as in the developer guide, "Dataset requirements".</summary>
internal static class FieldValue
{
    public const int MaxIdLength = 256;
    public const int MaxStringLength = 1_000;
    public const int MaxTextLength = 20_000;

    /// <summary>The year 5138 in seconds, and March 1973 in milliseconds: no plausible value lies on the other side.</summary>
    public const long MaxEpochSeconds = 99_999_999_999;

    public static bool IsId(string column) => column is ColumnNames.UserId or ColumnNames.ItemId or ColumnNames.ActionId;

    public static bool IsTimestamp(SchemaField field) =>
        field.Type == FieldType.Long && field.Name.EndsWith(ColumnNames.Timestamp, StringComparison.Ordinal);

    /// <returns>What is wrong with a value that is not empty, or null.</returns>
    public static string? Fault(SchemaField field, ReadOnlySpan<char> value) => field.Type switch
    {
        FieldType.Long when IsTimestamp(field) => TimestampFault(field.Name, value),
        FieldType.Long =>
            WholeNumber.TryRead(value, out var number)
                ? field.Range is var (least, most) && (number < least || number > most) ? Expected(field, value, $"a whole number from {least} to {most}") : null
                : Expected(field, value, "a whole number (long)"),
        FieldType.Int =>
            WholeNumber.TryRead(value, out var whole) && whole is >= int.MinValue and <= int.MaxValue
                ? null
                : Expected(field, value, "a whole number (int)"),
        FieldType.Float =>
            float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var f) && float.IsFinite(f)
                ? null
                : Expected(field, value, "a finite number"),
        FieldType.Double =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && double.IsFinite(d)
                ? null
                : Expected(field, value, "a finite number"),
        FieldType.Boolean => bool.TryParse(value, out _) ? null : Expected(field, value, "true or false"),
        FieldType.Null => Expected(field, value, "empty"),
        _ when IsId(field.Name) && value.Length > MaxIdLength => $"{field.Name} has {value.Length} characters; at most {MaxIdLength} are allowed",
        _ when ReservedNames.Contains(value) =>
            $"{field.Name} is '{value}', which is a reserved name and cannot be a value (is this a second header?)",
        _ => null,
    };

    /// <summary>Whether a string is so long that a whole import fails; textual values are truncated instead.</summary>
    public static bool IsOverlong(SchemaField field, ReadOnlySpan<char> value) =>
        field is { Type: FieldType.String, Textual: false } && value.Length > MaxStringLength && !IsId(field.Name);

    public static string OverlongMessage(SchemaField field) => $"Length cannot be more than {MaxStringLength} characters for {field.Name}";

    /// <summary>Cuts free text to the longest allowed, without splitting a surrogate pair.</summary>
    public static ReadOnlySpan<char> Truncate(ReadOnlySpan<char> text) =>
        text.Length <= MaxTextLength ? text : text[..(char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)];

    public static string? TimestampFault(string column, ReadOnlySpan<char> value)
    {
        if (!WholeNumber.TryRead(value, out var seconds))
            return $"{column} is '{Shown(value)}'; expected whole epoch seconds, such as 1700000000";
        if (seconds > MaxEpochSeconds) return $"{column} is {seconds}, which looks like milliseconds; expected epoch seconds, such as 1700000000";
        return seconds < 0 ? $"{column} is {seconds}; expected epoch seconds, which are not negative" : null;
    }

    private static string Expected(SchemaField field, ReadOnlySpan<char> value, string expected) =>
        $"{field.Name} is '{Shown(value)}'; expected {expected}";

    private static string Shown(ReadOnlySpan<char> value) => value.Length <= 60 ? value.ToString() : $"{value[..60]}…";
}
