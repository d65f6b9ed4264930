using System.Globalization;
using System.Text.Json.Nodes;

namespace Kindred.Demo.OwnData;

/// <summary>Writes an Avro schema from a file's headers and its first rows.</summary>
internal static class SchemaInference
{
    private const int MaxInteractionMetadata = 5;
    private const int MaxCategoricalLength = 200;
    private const int MinTextLength = 40;

    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["Interactions"] = ["USER_ID", "ITEM_ID", "TIMESTAMP"],
        ["Items"] = ["ITEM_ID"],
        ["Users"] = ["USER_ID"],
    };

    /// <summary>Columns whose type the contract fixes: Avro type, may be null.</summary>
    private static readonly Dictionary<string, (string Type, bool Nullable)> Reserved = new()
    {
        ["USER_ID"] = ("string", false), ["ITEM_ID"] = ("string", false), ["TIMESTAMP"] = ("long", false), ["EVENT_TYPE"] = ("string", false),
        ["EVENT_VALUE"] = ("float", true), ["IMPRESSION"] = ("string", true), ["RECOMMENDATION_ID"] = ("string", true),
        ["EVENT_ATTRIBUTION_SOURCE"] = ("string", true), ["CREATION_TIMESTAMP"] = ("long", false),
    };

    /// <param name="type"><c>Interactions</c>, <c>Items</c> or <c>Users</c>.</param>
    /// <param name="columns">Column names of the contract.</param>
    /// <param name="sample">Some rows, each as wide as <paramref name="columns"/>.</param>
    /// <param name="file">Named in the message of a failure.</param>
    /// <returns>The schema document.</returns>
    /// <exception cref="DemoFailedException">The file lacks a required column, or its timestamps are not epoch seconds.</exception>
    public static string Infer(string type, IReadOnlyList<string> columns, IReadOnlyList<string[]> sample, string file)
    {
        if (columns.Distinct().Count() != columns.Count) throw new DemoFailedException($"{file} has two columns that mean the same: {string.Join(", ", columns)}.");
        var missing = Required[type].Except(columns).ToArray();
        if (missing.Length > 0) throw new DemoFailedException($"{file} needs the column {string.Join(" and ", missing)}; its header has {string.Join(", ", columns)}.");
        if (type == "Interactions") CheckTimestamps([.. sample.Select(r => r[columns.ToList().IndexOf("TIMESTAMP")])], file);

        var (fields, metadata, textual) = (new JsonArray(), 0, false);
        for (var c = 0; c < columns.Count; c++)
        {
            if (Reserved.TryGetValue(columns[c], out var reserved))
            {
                fields.Add(Field(columns[c], reserved.Type, reserved.Nullable));
                continue;
            }

            if (type == "Interactions" && ++metadata > MaxInteractionMetadata) continue;
            var field = Guess(columns[c], [.. sample.Select(r => r[c]).Where(v => v.Length > 0)], mayBeText: type == "Items" && !textual);
            textual |= field.ContainsKey("textual");
            fields.Add(field);
        }

        return new JsonObject { ["type"] = "record", ["name"] = type, ["namespace"] = "com.amazonaws.personalize.schema", ["fields"] = fields, ["version"] = "1.0" }.ToJsonString();
    }

    private static JsonObject Guess(string name, string[] values, bool mayBeText)
    {
        if (values.Length > 0 && values.All(v => long.TryParse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))) return Field(name, "long", nullable: true);
        if (values.Length > 0 && values.All(v => double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out _))) return Field(name, "float", nullable: true);
        var field = Field(name, "string", nullable: true);
        var longest = values.Select(v => v.Length).DefaultIfEmpty(0).Max();
        var isName = values.Distinct().Count() > values.Length / 2 && !values.Any(v => v.Contains('|', StringComparison.Ordinal));
        if (isName && mayBeText && values.Average(v => v.Length) >= MinTextLength) field["textual"] = true;
        else if (!isName && longest <= MaxCategoricalLength) field["categorical"] = true;
        return field;
    }

    private static JsonObject Field(string name, string type, bool nullable) =>
        new() { ["name"] = name, ["type"] = nullable ? new JsonArray(type, "null") : JsonValue.Create(type) };

    private static void CheckTimestamps(string[] values, string file)
    {
        foreach (var value in values)
        {
            if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
                throw new DemoFailedException($"{file} has the TIMESTAMP '{value}'; expected whole seconds since 1970, such as 1732363200.");
            if (seconds > 100_000_000_000)
                throw new DemoFailedException($"{file} has the TIMESTAMP {seconds}, which looks like milliseconds; divide by 1000 to get seconds since 1970.");
        }
    }
}
