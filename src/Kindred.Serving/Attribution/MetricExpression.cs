using System.Text.RegularExpressions;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Schemas;

namespace Kindred.Serving.Attribution;

/// <summary>What of an event a metric adds up.</summary>
/// <param name="Function">As reports name it: <c>SUM</c> or <c>SAMPLECOUNT</c>.</param>
/// <param name="DatasetType"><see cref="DatasetTypes.Items"/> or <see cref="DatasetTypes.Interactions"/>; null where events are counted.</param>
/// <param name="Column">As the schema spells it; null where events are counted.</param>
public sealed partial record MetricExpression(string Function, string? DatasetType, string? Column)
{
    private const string Expected = "SUM(Items.COLUMN), SUM(Interactions.COLUMN) or SAMPLECOUNT() was expected";

    /// <param name="schemaOf">The schema of one of <see cref="DatasetTypes"/>; null where the group has no such dataset. Null: columns are not checked.</param>
    /// <exception cref="RefusedException">InvalidInput: it is no such expression, or names no numeric column.</exception>
    public static MetricExpression Parse(string text, Func<string, ParsedSchema?>? schemaOf = null)
    {
        var match = Form().Match(text);
        if (!match.Success) throw Invalid($"The expression '{text}' cannot be read; {Expected}.");
        if (match.Groups["count"].Success) return new MetricExpression("SAMPLECOUNT", null, null);
        var (label, column) = (match.Groups["dataset"].Value, match.Groups["column"].Value);
        var type = label.Equals("Items", StringComparison.OrdinalIgnoreCase) ? DatasetTypes.Items : DatasetTypes.Interactions;
        return new MetricExpression("SUM", type, schemaOf is null ? column : Find(text, type, column, schemaOf(type)));
    }

    private static string Find(string text, string type, string column, ParsedSchema? schema)
    {
        if (schema is null) throw Invalid($"The expression '{text}' reads {type}, and the dataset group has no such dataset.");
        var numeric = schema.Fields.Where(IsNumeric).Select(field => field.Name).ToList();
        if (type is DatasetTypes.Interactions && !numeric.Contains(ColumnNames.EventValue)) numeric.Add(ColumnNames.EventValue); // events have it anyway
        return numeric.Find(name => name.Equals(column, StringComparison.OrdinalIgnoreCase))
            ?? throw Invalid(
                $"The expression '{text}' adds up {column}, which is no numeric column of {type}; "
                + $"its numeric columns are: {(numeric.Count == 0 ? "none" : string.Join(", ", numeric))}.");
    }

    // A time is a number, but no sum.
    private static bool IsNumeric(SchemaField field) =>
        field is { Categorical: false, Type: FieldType.Float or FieldType.Double or FieldType.Int or FieldType.Long }
        && field.Name is not (ColumnNames.Timestamp or ColumnNames.CreationTimestamp);

    private static RefusedException Invalid(string sentence) => new(RefusalCode.InvalidInput, sentence);

    [GeneratedRegex(
        @"^\s*(?:(?<count>SAMPLECOUNT)\s*\(\s*\)|SUM\s*\(\s*(?:DatasetType\.)?(?<dataset>Items|Interactions)\s*\.\s*(?<column>[A-Za-z0-9_]+)\s*\))\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
