namespace Kindred.Serving.Items;

/// <summary>Keeps the rows that were created last; of two that were created together, the earlier row.</summary>
internal sealed class NewestRows(int capacity)
{
    private readonly PriorityQueue<int, (long CreatedAt, int MinusRow)> _rows = new();

    public void Add(int row, long createdAt)
    {
        if (_rows.Count < capacity) _rows.Enqueue(row, (createdAt, -row));
        else _rows.EnqueueDequeue(row, (createdAt, -row));
    }

    /// <returns>In no particular order.</returns>
    public int[] ToArray() => [.. _rows.UnorderedItems.Select(static entry => entry.Element)];
}
