using Kindred.Files.Csv.Inference;

namespace Kindred.Operations.Intake;

/// <summary>What the columns of a file probably mean, told by their headers, and by their values where times are concerned.</summary>
internal static class SuggestedMapping
{
    private const string Time = "TIMESTAMP";
    /// <summary>The year 1976: ids and counts are seldom as large, times hardly ever smaller.</summary>
    private const long EarliestSeconds = 200_000_000;

    public static ColumnMapping For(string datasetType, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        var (targets, own) = (new string?[columns.Count], 0);
        var names = columns.Select(column => HeaderNames.Normalise(column, datasetType)).ToList();
        var hasTimes = SchemaInference.RequiredColumns(datasetType).Contains(Time);
        if (hasTimes && !names.Contains(Time) && FindTimes(datasetType, names, rows) is >= 0 and var times) names[times] = Time;
        for (var i = 0; i < columns.Count; i++)
        {
            var name = names[i];
            // A second column of the same meaning, or one without a name, is the user's to decide.
            if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || targets.Contains(name)) continue;
            if (!SchemaInference.IsReserved(datasetType, name) && ++own > SchemaInference.MostOwnColumns(datasetType)) continue;
            targets[i] = name;
        }
        return new ColumnMapping(datasetType, targets, FormOfTimes(targets, rows));
    }

    /// <returns>The column whose first values are times, whatever it is called; -1 when there is none.</returns>
    private static int FindTimes(string datasetType, List<string> names, IReadOnlyList<string[]> rows) => rows.Count == 0
        ? -1
        : names.FindIndex(name => !SchemaInference.IsReserved(datasetType, name)
            && rows.Count(row => IsTime(row[names.IndexOf(name)])) >= rows.Count * 0.9);

    private static bool IsTime(string value) => Timestamps.FormOf(value) switch
    {
        TimestampForm.Seconds => Timestamps.TryRead(value, TimestampForm.Seconds, out var seconds) && seconds > EarliestSeconds,
        { } => true,
        null => false,
    };

    public static TimestampForm FormOfTimes(IReadOnlyList<string?> targets, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] moments = [.. Enumerable.Range(0, targets.Count).Where(i => targets[i] is { } name && MappedCsv.IsMoment(name))];
        var forms = rows.SelectMany(row => moments.Select(column => Timestamps.FormOf(row[column]))).OfType<TimestampForm>().ToList();
        return forms.Count == 0 ? TimestampForm.Seconds : forms.GroupBy(f => f).MaxBy(g => g.Count())!.Key;
    }
}
