using Kindred.Files.Csv;
using Kindred.Lab.Trainings;
using Kindred.Recipes.Interactions;

namespace Kindred.Lab.Files;

/// <summary>
/// Reads an interactions dataset: USER_ID, ITEM_ID, TIMESTAMP, optional EVENT_TYPE and EVENT_VALUE, in any order; what else there
/// is, is the context of an interaction.
/// </summary>
internal static class InteractionFile
{
    private const int MaxEventTypes = 32_000;
    private const int RowsBetweenReports = 1 << 16;
    private const int MaxContexts = 25;
    private static readonly string[] Known = [Columns.UserId, Columns.ItemId, Columns.Timestamp, Columns.EventType, Columns.EventValue];

    // What a recommendation led to, and not what is known before it is asked for.
    private static readonly string[] Outcomes = ["IMPRESSION", "RECOMMENDATION_ID", "EVENT_ATTRIBUTION_SOURCE"];

    /// <summary>Adds every row of the file to a builder of <see cref="FieldText.TicksPerSecond"/>.</summary>
    /// <param name="path">CSV, plain or gzip.</param>
    /// <param name="builder">Receives the rows in the order of the file.</param>
    /// <param name="report">Hears now and then how many rows were read.</param>
    /// <param name="cancellationToken">Looked at between rows.</param>
    /// <param name="known">Events that are in the builder already; null = none.</param>
    /// <param name="hasContexts">Whether the context of interactions is wanted.</param>
    /// <returns>Columns that were not used.</returns>
    /// <exception cref="LabException">The file cannot be read, lacks a column, or a row is wrong.</exception>
    public static IReadOnlyList<string> Read(
        string path, InteractionLogBuilder builder, Action<long> report, CancellationToken cancellationToken,
        TrainedEvents? known = null, bool hasContexts = false)
    {
        using var csv = CsvReader.Open(path, CsvFormat.DataFrame);
        Columns.Require(csv, Columns.UserId, Columns.ItemId, Columns.Timestamp);
        var (user, item, time) = (Columns.Find(csv, Columns.UserId), Columns.Find(csv, Columns.ItemId), Columns.Find(csv, Columns.Timestamp));
        var (type, value) = (Columns.Find(csv, Columns.EventType), Columns.Find(csv, Columns.EventValue));
        var contexts = hasContexts
            ? ContextsOf(csv).Select(column => (column, builder.AddContext(csv.Header.Names[column].ToUpperInvariant()))).ToArray()
            : [];
        var rows = 0L;
        while (csv.Read())
        {
            if (++rows % RowsBetweenReports == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                report(rows);
            }
            var (userCode, itemCode) = (UserOf(csv, user, builder), ItemOf(csv, item, builder));
            if (!FieldText.TryTime(csv.Field(time), out var ticks))
                throw csv.Fault($"{Columns.Timestamp} is {csv.Quoted(time)}; epoch seconds were expected");
            var (typeCode, eventValue) = (TypeOf(csv, type, builder), ValueOf(csv, value));
            // The model's own events are in the builder, in its order, and without their context.
            var row = known?.Match(userCode, itemCode, ticks, typeCode) ?? -1;
            if (row < 0)
            {
                row = builder.Count;
                builder.AddCoded(userCode, itemCode, ticks, typeCode, eventValue);
            }
            foreach (var (column, context) in contexts)
                builder.SetContext(row, context, csv.Field(column));
        }
        if (rows == 0)
            throw new LabException($"'{path}' has a header but no interactions.");
        report(rows);
        return [.. csv.Header.Names.Where((name, column) =>
            !Known.Contains(name, StringComparer.OrdinalIgnoreCase) && !contexts.Any(context => context.column == column))];
    }

    /// <summary>Columns that are contexts, by their places; of two with one name nobody knows which is meant.</summary>
    private static IEnumerable<int> ContextsOf(CsvReader csv) => Enumerable.Range(0, csv.Header.Names.Count)
        .Where(column =>
            csv.Header.Names[column].Length > 0
                && !Known.Concat(Outcomes).Contains(csv.Header.Names[column], StringComparer.OrdinalIgnoreCase))
        .GroupBy(column => csv.Header.Names[column], StringComparer.OrdinalIgnoreCase).Where(columns => columns.Count() == 1)
        .Select(columns => columns.Single()).Take(MaxContexts);

    private static int UserOf(CsvReader csv, int column, InteractionLogBuilder builder)
    {
        var before = builder.UserCount;
        var field = csv.Field(column);
        var code = builder.InternUser(field);
        return builder.UserCount == before || FieldText.FaultOfId(field) is not { } fault ? code : throw csv.Fault($"{Columns.UserId} {fault}");
    }

    private static int ItemOf(CsvReader csv, int column, InteractionLogBuilder builder)
    {
        var before = builder.ItemCount;
        var field = csv.Field(column);
        var code = builder.InternItem(field);
        return builder.ItemCount == before || FieldText.FaultOfId(field) is not { } fault ? code : throw csv.Fault($"{Columns.ItemId} {fault}");
    }

    private static int TypeOf(CsvReader csv, int column, InteractionLogBuilder builder)
    {
        if (column < 0 || csv.Field(column) is not { IsEmpty: false } name)
            return -1;
        var (before, code) = (builder.EventTypeCount, builder.InternEventType(name));
        if (builder.EventTypeCount == before)
            return code;
        if (code >= MaxEventTypes)
            throw csv.Fault($"there are more than {MaxEventTypes:N0} different values of {Columns.EventType}");
        return FieldText.FaultOfId(name) is not { } fault ? code : throw csv.Fault($"{Columns.EventType} {fault}");
    }

    private static float ValueOf(CsvReader csv, int column)
    {
        if (column < 0 || csv.Field(column).IsEmpty)
            return float.NaN;
        return FieldText.TryNumber(csv.Field(column), out var value)
            ? value
            : throw csv.Fault($"{Columns.EventValue} is {csv.Quoted(column)}; a number was expected");
    }
}
