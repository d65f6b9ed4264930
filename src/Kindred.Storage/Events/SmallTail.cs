using Kindred.Contracts.Datasets;

namespace Kindred.Storage.Events;

/// <summary>Keeps the number of segments small: a newest segment that is still small is written again with the new rows.</summary>
internal static class SmallTail
{
    private const long SmallRows = 250_000;

    public static (IReadOnlyList<SegmentReference> Kept, IReadOnlyList<SegmentReference> Merged) Split(IEnumerable<SegmentReference> segments)
    {
        var all = segments.ToList();
        var kept = all.Count > 0 && all[^1].RowCount < SmallRows ? all.Count - 1 : all.Count;
        return (all[..kept], all[kept..]);
    }
}
