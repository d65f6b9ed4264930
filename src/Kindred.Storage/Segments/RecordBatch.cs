namespace Kindred.Storage.Segments;

/// <summary>Some consecutive rows of an Items or Users segment. Valid only during the visit.</summary>
public readonly ref struct RecordBatch
{
    public int Count => Ids.Length;
    /// <summary>ITEM_ID or USER_ID, shape [Count].</summary>
    public ReadOnlySpan<string> Ids { get; init; }
    /// <summary>The columns that were asked for, each with at least [Count] values, spelled as in the CSV, null where empty.</summary>
    public IReadOnlyList<string?[]> Columns { get; init; }
}

/// <summary>Receives rows in the order of the segments.</summary>
public delegate void RecordBatchVisitor(RecordBatch batch);
