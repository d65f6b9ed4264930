using System.Diagnostics;
using System.Globalization;
using Kindred.Lab.Trainings;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Files;

/// <summary>Everything a command was given to learn from.</summary>
/// <param name="Set">Interactions and metadata.</param>
/// <param name="Rows">Rows of the interactions file; more than interactions when some were there twice.</param>
/// <param name="Notes">What the caller should know about the files, one sentence each.</param>
/// <param name="Duration">How long reading took.</param>
internal sealed record LoadedData(TrainingSet Set, long Rows, IReadOnlyList<string> Notes, TimeSpan Duration)
{
    private const int MillionRows = 1_000_000;

    public InteractionLog Log => Set.Interactions;

    /// <summary>Whether users come back to what they have met, and whether rows are baskets; counted at each call.</summary>
    public DataHabit Habit => DataHabit.Of(Set.Interactions);

    /// <param name="files">The files.</param>
    /// <param name="progress">Hears how many rows were read.</param>
    /// <param name="cancellationToken">Looked at between rows.</param>
    /// <param name="from">A model to be updated: what it was trained on is taken in as well. Null = the files are all there is.</param>
    /// <exception cref="LabException">A file cannot be read or used.</exception>
    public static LoadedData Read(
        DatasetPaths files, IProgress<TrainingProgress> progress, CancellationToken cancellationToken, ModelFile? from = null)
    {
        var started = Stopwatch.GetTimestamp();
        var items = files.Items is { } itemsPath
            ? AttributeFile.Read(itemsPath, Columns.ItemId, AttributeTableBuilder.MaxItemColumns, cancellationToken)
            : default;
        var users = files.Users is { } usersPath
            ? AttributeFile.Read(usersPath, Columns.UserId, AttributeTableBuilder.MaxUserColumns, cancellationToken)
            : default;
        var builder = new InteractionLogBuilder { TicksPerSecond = FieldText.TicksPerSecond };
        var known = from is null ? null : TrainedEvents.AddTo(builder, from);
        var before = builder.Count;
        var unused = InteractionFile.Read(files.Interactions, builder, Report(progress), cancellationToken, known, hasContexts: true);
        var mute = builder.SettleContexts();
        var (rows, newer) = (builder.Count, builder.Count - before);
        from?.InternItems(builder); // after those that somebody has met
        var set = TrainingSets.Join(builder, items.Table, users.Table);
        string[] merged = known is null ? [] :
            [string.Create(CultureInfo.InvariantCulture, $"{newer:N0} interactions are new to the model; "
                + $"it knew {before:N0}{(known.Matched > 0 ? $", of which the file repeats {known.Matched:N0}" : "")}.")];
        return new LoadedData(
            set,
            rows,
            [
                .. merged, .. ReadingOf("items", items.Columns), .. ReadingOf("users", users.Columns),
                .. NotesOf(set.Interactions, rows, [.. unused, .. mute.Select(column => $"{column.Name} ({column.Reason})")]),
            ],
            Stopwatch.GetElapsedTime(started));
    }

    private static Action<long> Report(IProgress<TrainingProgress> progress) => rows => progress.Report(new TrainingProgress(
        rows / (rows + (double)MillionRows), // the end is not known before it is there
        string.Create(CultureInfo.InvariantCulture, $"{rows / MillionRows:N0} million interactions read")));

    private static IEnumerable<string> ReadingOf(string file, IReadOnlyList<ColumnReading>? columns) =>
        columns is { Count: > 0 } ? [$"Columns of the {file}: {string.Join(", ", columns)}."] : [];

    private static string KindOf(ContextColumn column)
    {
        var kind = column.Cells?.Count switch
        {
            null => "numbers",
            1 => "1 value",
            var values => $"{values} values",
        };
        return column.Gaps is var gaps and > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{kind}, {gaps:N0} gap{(gaps == 1 ? "" : "s")}")
            : kind;
    }

    private static IEnumerable<string> NotesOf(InteractionLog log, long rows, IReadOnlyList<string> unused)
    {
        if (log.Contexts.Count > 0)
        {
            var contexts = log.Contexts.Select(column => $"{column.Name} ({KindOf(column)})");
            yield return $"Context of the interactions: {string.Join(", ", contexts)}.";
        }
        if (unused.Count > 0)
            yield return $"Not used: the column{(unused.Count == 1 ? "" : "s")} {string.Join(", ", unused)} of the interactions.";
        if (rows > log.Count)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{rows - log.Count:N0} of {rows:N0} interactions were there twice (same user, item, time, "
                + $"type and value) and count once.");
        if (log.Count > 1 && log.Timestamps.IndexOfAnyExcept(log.Timestamps[0]) < 0)
            yield return "All timestamps are identical: the order of the file is taken for the order of events.";
        if (log.UserIds.Count == 1)
            yield return "There is a single user: nothing can be learned from other users.";
        if (log.ItemIds.Count == 1)
            yield return "There is a single item: it is all that can be recommended.";
    }
}
