using Kindred.Contracts.Arns;

namespace Kindred.Storage.Segments;

/// <summary>Where a segment lies: <c>segments/{account}/{group}/{TYPE}/{id}.parquet</c>.</summary>
internal sealed record SegmentFile(string DataRoot, string RelativePath)
{
    private const string AnonymousMark = "anonymous-";

    public string AbsolutePath => Path.Combine(DataRoot, RelativePath);

    public static SegmentFile New(string dataRoot, Arn group, string datasetType) => In(dataRoot, group, datasetType, "");

    /// <summary>For interactions of sessions that were never linked to a user.</summary>
    public static SegmentFile NewAnonymous(string dataRoot, Arn group, string datasetType) => In(dataRoot, group, datasetType, AnonymousMark);

    public static bool IsAnonymous(string path) => Path.GetFileName(path).StartsWith(AnonymousMark, StringComparison.Ordinal);

    // An ARN that parsed holds no dots, slashes or backslashes in these parts. Version 7 ids sort by the time they were made.
    private static SegmentFile In(string dataRoot, Arn group, string datasetType, string mark) =>
        new(dataRoot, string.Join('/', "segments", group.Account, group.Name, datasetType, $"{mark}{Guid.CreateVersion7():N}.parquet"));
}
