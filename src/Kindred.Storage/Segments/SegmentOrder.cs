using Kindred.Contracts.Datasets;

namespace Kindred.Storage.Segments;

/// <summary>The order in which a dataset's segments came to be, which decides whose row of an id is the newest.</summary>
public static class SegmentOrder
{
    /// <summary>Bulk and streamed segments, oldest first, by the number that their dataset gave them.</summary>
    /// <remarks>Segments of releases that gave none have 0, and names that are version 7 ids, which begin with the time.</remarks>
    public static IReadOnlyList<SegmentReference> Of(DatasetData dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return
        [
            .. dataset.BulkSegments.Concat(dataset.StreamedSegments)
                .OrderBy(segment => segment.Sequence).ThenBy(segment => Id(segment.Path), StringComparer.Ordinal),
        ];
    }

    private static string Id(string path) =>
        Path.GetFileNameWithoutExtension(path) is var name && name.LastIndexOf('-') is var dash and >= 0 ? name[(dash + 1)..] : name;
}
