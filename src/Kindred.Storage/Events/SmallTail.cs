using Kindred.Contracts.Datasets;

namespace Kindred.Storage.Events;

/// <summary>Keeps the number of segments small: a newest segment that is still small is written again with the new rows.</summary>
internal static class SmallTail
{
    private const long SmallRows = 250_000;

    /// <param name="mayMove">Whether a segment's rows may become the newest; null = any segment's may.</param>
    public static (IReadOnlyList<SegmentReference> Kept, IReadOnlyList<SegmentReference> Merged) Split(
        IEnumerable<SegmentReference> segments, Func<SegmentReference, bool>? mayMove = null)
    {
        var all = segments.ToList();
        var kept = all.Count > 0 && all[^1].RowCount < SmallRows && mayMove?.Invoke(all[^1]) != false ? all.Count - 1 : all.Count;
        return (all[..kept], all[kept..]);
    }
}
