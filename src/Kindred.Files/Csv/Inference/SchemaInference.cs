using System.Globalization;
using System.Text.Json.Nodes;

namespace Kindred.Files.Csv.Inference;

/// <summary>Writes an Avro schema from a file's headers and all of its rows, so that the import takes every row it can.</summary>
/// <param name="Document">The schema.</param>
/// <param name="Gaps">Columns of numbers some of whose values are none: those are to be left empty for the import.</param>
/// <param name="Notes">How columns were read that do not speak for themselves, one sentence each.</param>
public sealed record SchemaInference(string Document, IReadOnlyList<string> Gaps, IReadOnlyList<string> Notes)
{
    private const int MaxCategoricalLength = 200;
    private const int MaxStringLength = 1_000;
    private const int MinTextLength = 40;
    private const int RowsWithCheckedTimes = 1_000;

    /// <param name="Required">Columns that a file must have, and whose values must not be empty.</param>
    /// <param name="MostOwn">Columns beyond those of the contract.</param>
    private sealed record Rules(IReadOnlyList<string> Required, int MostOwn);

    private static readonly Dictionary<string, Rules> Types = new()
    {
        ["Interactions"] = new(["USER_ID", "ITEM_ID", "TIMESTAMP"], 5),
        ["Items"] = new(["ITEM_ID"], 100),
        ["Users"] = new(["USER_ID"], 25),
        ["Actions"] = new(["ACTION_ID"], 10),
        ["Action_Interactions"] = new(["USER_ID", "ACTION_ID", "EVENT_TYPE", "TIMESTAMP"], 5),
    };

    /// <summary>Columns whose type the contract fixes only in a dataset of actions; elsewhere they are anybody's.</summary>
    private static readonly Dictionary<string, (string Type, bool NullAllowed)> ReservedOfActions = new()
    {
        ["VALUE"] = ("long", true),
        ["REPEAT_FREQUENCY"] = ("long", true),
        ["EXPIRATION_TIMESTAMP"] = ("long", true),
        ["ACTION_EXPIRATION_TIMESTAMP"] = ("long", true),
    };

    /// <summary>Columns whose type the contract fixes: Avro type, may be null.</summary>
    private static readonly Dictionary<string, (string Type, bool NullAllowed)> Reserved = new()
    {
        ["ACTION_ID"] = ("string", false),
        ["USER_ID"] = ("string", false),
        ["ITEM_ID"] = ("string", false),
        ["TIMESTAMP"] = ("long", false),
        ["EVENT_TYPE"] = ("string", true),
        ["EVENT_VALUE"] = ("float", true),
        ["IMPRESSION"] = ("string", true),
        ["RECOMMENDATION_ID"] = ("string", true),
        ["EVENT_ATTRIBUTION_SOURCE"] = ("string", true),
        ["CREATION_TIMESTAMP"] = ("long", true),
    };

    /// <summary>Whether the contract fixes what a column of that name holds.</summary>
    public static bool IsReserved(string type, string column) => Find(type, column) is not null;

    /// <summary>Columns that a file must have, and whose values must not be empty.</summary>
    public static IReadOnlyList<string> RequiredColumns(string type) => Types[type].Required;

    /// <summary>How many columns a dataset may have beyond those that the contract fixes.</summary>
    public static int MostOwnColumns(string type) => Types[type].MostOwn;

    /// <param name="type"><c>Interactions</c>, <c>Items</c>, <c>Users</c>, <c>Actions</c> or <c>Action_Interactions</c>.</param>
    /// <param name="columns">Column names of the contract.</param>
    /// <param name="rows">The rows, each as wide as <paramref name="columns"/>; gone through once.</param>
    /// <param name="file">Named in the message of a failure.</param>
    /// <param name="found">What the file's header has, for the message; null for the columns.</param>
    /// <exception cref="CsvException">The file lacks a required column, or its timestamps are not epoch seconds.</exception>
    public static SchemaInference Infer(
        string type, IReadOnlyList<string> columns, IEnumerable<string[]> rows, string file, string? found = null)
    {
        found ??= string.Join(", ", columns);
        if (columns.Distinct().Count() != columns.Count)
            throw new CsvException($"{file} has two columns that mean the same: {found}.");
        var missing = RequiredColumns(type).Except(columns).ToArray();
        if (missing.Length > 0)
            throw new CsvException($"{file} needs the column {string.Join(" and ", missing)}; its header has {found}.");
        var profiles = Look(rows, columns, RequiredColumns(type).Contains("TIMESTAMP"), file);
        var of = columns.Zip(profiles).ToDictionary(pair => pair.First, pair => pair.Second);
        string[] gaps = [.. columns.Where((name, c) => IsForNumbers(type, name) && profiles[c] is { Words: > 0, IsNumber: true })];
        string[] useless = [.. columns.Where((name, c) => IsOptionalNumber(type, name) && profiles[c] is { Values: > 0, IsNumber: false })];
        string[] notes =
        [
            .. gaps.Select(name => GapsOf(name, of[name], file)),
            .. useless.Select(name => $"{name} of {file} holds no numbers, such as '{of[name].FirstWord}', and is left out."),
        ];
        return new SchemaInference(Write(type, columns, profiles, useless), gaps, notes);
    }

    private static bool IsForNumbers(string type, string column) => !IsReserved(type, column) || IsOptionalNumber(type, column);

    private static bool IsOptionalNumber(string type, string column) => Find(type, column) is { NullAllowed: true, Type: not "string" };

    private static (string Type, bool NullAllowed)? Find(string type, string column)
    {
        if (type == "Actions" && ReservedOfActions.TryGetValue(column, out var ofActions)) return ofActions;
        if (!Reserved.TryGetValue(column, out var reserved)) return null;
        return RequiredColumns(type).Contains(column) ? reserved with { NullAllowed = false } : reserved;
    }

    private static string GapsOf(string name, ColumnProfile values, string file) => string.Create(CultureInfo.InvariantCulture,
        $"{name} of {file} is read as numbers: {values.Words:N0} of its {values.Values:N0} values {(values.Words == 1 ? "is none" : "are none")} "
        + $"('{values.FirstWord}'), and left empty.");

    private static ColumnProfile[] Look(IEnumerable<string[]> rows, IReadOnlyList<string> columns, bool hasTimes, string file)
    {
        var time = hasTimes ? columns.ToList().IndexOf("TIMESTAMP") : -1;
        ColumnProfile[] profiles = [.. columns.Select(_ => new ColumnProfile())];
        var looked = 0;
        foreach (var row in rows)
        {
            // The unit is told by the beginning; a single wrong time later on costs its row and not the demo.
            if (time >= 0 && looked++ < RowsWithCheckedTimes) CheckTimestamp(row[time], file);
            for (var c = 0; c < profiles.Length; c++) profiles[c].Add(row[c]);
        }
        return profiles;
    }

    private static string Write(string type, IReadOnlyList<string> columns, ColumnProfile[] profiles, string[] useless)
    {
        var (fields, metadata, textual) = (new JsonArray(), 0, false);
        for (var c = 0; c < columns.Count; c++)
        {
            if (useless.Contains(columns[c])) continue;
            if (Find(type, columns[c]) is { } reserved)
            {
                var hasGaps = profiles[c].HasEmpty || (profiles[c].Words > 0 && reserved.Type is not "string");
                fields.Add(Field(columns[c], reserved.Type, reserved.NullAllowed && hasGaps));
                continue;
            }

            if (++metadata > MostOwnColumns(type)) continue;
            if (Guess(columns[c], profiles[c], mayBeText: type == "Items" && !textual) is not { } field) continue;
            textual |= field.ContainsKey("textual");
            fields.Add(field);
        }

        return new JsonObject
        {
            ["type"] = "record",
            ["name"] = type,
            ["namespace"] = "com.amazonaws.personalize.schema",
            ["fields"] = fields,
            ["version"] = "1.0",
        }.ToJsonString();
    }

    /// <returns>Null for a column that no schema fits: an import would fail for it.</returns>
    private static JsonObject? Guess(string name, ColumnProfile values, bool mayBeText)
    {
        if (values is { Values: > 0, IsLong: true }) return Field(name, "long", nullable: true);
        if (values is { Values: > 0, IsNumber: true }) return Field(name, "float", nullable: true);
        var field = Field(name, "string", nullable: true);
        if (values.IsMostlyDistinct && mayBeText && values.AverageLength >= MinTextLength) field["textual"] = true;
        else if (values.Longest > MaxStringLength) return null;
        else if (!values.IsMostlyDistinct && values.Longest <= MaxCategoricalLength) field["categorical"] = true;
        return field;
    }

    private static JsonObject Field(string name, string type, bool nullable) =>
        new() { ["name"] = name, ["type"] = nullable ? new JsonArray(type, "null") : JsonValue.Create(type) };

    private static void CheckTimestamp(string value, string file)
    {
        if (!WholeNumber.TryRead(value, out var seconds))
            throw new CsvException(
                $"{file} has the TIMESTAMP '{value}'; expected whole seconds since 1970, such as 1732363200.");
        if (seconds > 100_000_000_000)
            throw new CsvException(
                $"{file} has the TIMESTAMP {seconds}, which looks like milliseconds; divide by 1000 to get seconds since 1970.");
    }
}
