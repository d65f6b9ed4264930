namespace Kindred.Storage.Segments;

/// <summary>Reads segments of an Items or Users dataset.</summary>
public static class RecordSegments
{
    /// <summary>Visits every row; of two rows with one id, the later one counts.</summary>
    /// <param name="paths">Absolute paths, oldest first.</param>
    /// <param name="idColumn"><c>ITEM_ID</c> or <c>USER_ID</c>.</param>
    /// <param name="columns">Names of the columns to read; one that a segment lacks reads as null.</param>
    /// <exception cref="InvalidDataException">A file is no segment, or is damaged.</exception>
    public static void Read(
        IEnumerable<string> paths, string idColumn, IReadOnlyList<string> columns, RecordBatchVisitor visit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(visit);
        using var blocking = BlockingScope.Enter();
        string?[] ids = [];
        var values = new string?[columns.Count][];
        Array.Fill(values, []);
        foreach (var path in paths)
        {
            using var segment = new SegmentReader(path);
            while (segment.MoveNextGroup())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!segment.ReadText(idColumn, ref ids)) throw new InvalidDataException($"The segment '{path}' has no column {idColumn}.");
                for (var c = 0; c < values.Length; c++) segment.ReadText(columns[c], ref values[c]);
                visit(new RecordBatch { Ids = ids.AsSpan(0, segment.Count)!, Columns = values });
            }
        }
    }
}
