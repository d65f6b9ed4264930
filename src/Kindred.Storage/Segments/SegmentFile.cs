using System.IO.Hashing;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Storage.Artifacts;

namespace Kindred.Storage.Segments;

/// <summary>
/// Where a segment lies: <c>segments/{account}/{group}/{TYPE}/{id}.{hash}.parquet</c>. The hash is of the file's bytes: a reader
/// checks it first, because Parquet.Net read 30 of 400 files with 20 damaged bytes without noticing.
/// </summary>
/// <param name="Stem">The name up to the hash, which is known when all is written.</param>
/// <param name="Sequence">Place among the dataset's segments: which row of an id is the newest, no clock decides.</param>
internal sealed record SegmentFile(string Stem, long Sequence)
{
    private const string AnonymousMark = "anonymous-";


    public static SegmentFile New(Arn group, string datasetType, long sequence) => In(group, datasetType, "", sequence);

    /// <summary>For interactions of sessions that were never linked to a user.</summary>
    public static SegmentFile NewAnonymous(Arn group, string datasetType, long sequence) => In(group, datasetType, AnonymousMark, sequence);

    /// <summary>For the rows of a segment that stay when others go: its id, and so its place among the segments, remain.</summary>
    public static SegmentFile Replacing(SegmentReference segment) =>
        new(segment.Path[..segment.Path.IndexOf('.', segment.Path.LastIndexOf('/') + 1)], segment.Sequence);

    public static bool IsAnonymous(string path) => Path.GetFileName(path).StartsWith(AnonymousMark, StringComparison.Ordinal);

    /// <summary>The final name of what <paramref name="content"/> holds.</summary>
    public string NameFor(Stream content) => $"{Stem}.{Hash(content)}.parquet";

    /// <exception cref="InvalidDataException">The file's bytes are not the ones that were written.</exception>
    public static void Verify(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.SequentialScan);
        if (Path.GetFileName(path).Split('.') is not [_, var hash, "parquet"] || hash != Hash(file))
            throw new InvalidDataException($"The segment '{path}' is damaged: its bytes are not the ones that were written.");
    }

    private static string Hash(Stream content)
    {
        var hash = new XxHash3();
        content.Position = 0;
        hash.Append(content);
        return hash.GetCurrentHashAsUInt64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static SegmentFile In(Arn group, string datasetType, string mark, long sequence) =>
        new($"{ArtifactNames.FolderOf(ArtifactNames.Segments, group)}/{datasetType}/{mark}{Guid.CreateVersion7():N}", sequence);
}
