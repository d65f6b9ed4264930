using Kindred.Files.Csv;

namespace Kindred.Lab.Files;

/// <summary>Finds columns by the names of the Personalize schema, whatever their case and order.</summary>
internal static class Columns
{
    public const string UserId = "USER_ID";
    public const string ItemId = "ITEM_ID";
    public const string Timestamp = "TIMESTAMP";
    public const string EventType = "EVENT_TYPE";
    public const string EventValue = "EVENT_VALUE";

    /// <summary>Where a column is; -1 when there is none.</summary>
    /// <exception cref="LabException">It is there twice.</exception>
    public static int Find(CsvReader reader, string name)
    {
        var found = -1;
        for (var i = 0; i < reader.Header.Names.Count; i++)
        {
            if (!reader.Header.Names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            if (found >= 0)
                throw new LabException($"'{reader.Path}' has the column {name} twice.");
            found = i;
        }
        return found;
    }

    /// <exception cref="LabException">One of the columns is missing; the sentence says what was found instead.</exception>
    public static void Require(CsvReader reader, params IReadOnlyList<string> names)
    {
        var missing = names.Where(name => Find(reader, name) < 0).ToList();
        if (missing.Count == 0)
            return;
        throw new LabException(
            $"'{reader.Path}' lacks the column{(missing.Count == 1 ? "" : "s")} {Joined(missing)}; its header has {reader.Header}.");
    }

    private static string Joined(List<string> names) => names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
}
