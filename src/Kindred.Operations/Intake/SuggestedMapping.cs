using Kindred.Files.Csv.Inference;

namespace Kindred.Operations.Intake;

/// <summary>What the columns of a file probably mean, told by their headers, and by their values where times are concerned.</summary>
internal static class SuggestedMapping
{
    private const int MostOwnInteractionColumns = 5;

    public static ColumnMapping For(string datasetType, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        var (targets, own) = (new string?[columns.Count], 0);
        for (var i = 0; i < columns.Count; i++)
        {
            var name = HeaderNames.Normalise(columns[i]);
            // A second column of the same meaning, or one without a name, is the user's to decide.
            if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || targets.Contains(name)) continue;
            if (datasetType == "Interactions" && !SchemaInference.IsReserved(name) && ++own > MostOwnInteractionColumns) continue;
            targets[i] = name;
        }
        return new ColumnMapping(datasetType, targets, FormOfTimes(targets, rows));
    }

    public static TimestampForm FormOfTimes(IReadOnlyList<string?> targets, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var column = targets.ToList().FindIndex(t => t is not null && MappedCsv.IsMoment(t));
        if (column < 0) return TimestampForm.Seconds;
        var forms = rows.Select(row => Timestamps.FormOf(row[column])).OfType<TimestampForm>().ToList();
        return forms.Count == 0 ? TimestampForm.Seconds : forms.GroupBy(f => f).MaxBy(g => g.Count())!.Key;
    }
}
