using System.IO.Hashing;
using Kindred.Contracts.Arns;

namespace Kindred.Storage.Segments;

/// <summary>
/// Where a segment lies: <c>segments/{account}/{group}/{TYPE}/{id}.{hash}.parquet</c>. The hash is of the file's bytes: a reader
/// checks it first, because Parquet.Net read 30 of 400 files with 20 damaged bytes without noticing.
/// </summary>
/// <param name="Stem">The path relative to the data folder, up to the hash, which is known when all is written.</param>
internal sealed record SegmentFile(string DataRoot, string Stem)
{
    private const string AnonymousMark = "anonymous-";

    public string Folder => Path.GetDirectoryName(Path.Combine(DataRoot, Stem))!;

    public static SegmentFile New(string dataRoot, Arn group, string datasetType) => In(dataRoot, group, datasetType, "");

    /// <summary>For interactions of sessions that were never linked to a user.</summary>
    public static SegmentFile NewAnonymous(string dataRoot, Arn group, string datasetType) => In(dataRoot, group, datasetType, AnonymousMark);

    public static bool IsAnonymous(string path) => Path.GetFileName(path).StartsWith(AnonymousMark, StringComparison.Ordinal);

    /// <summary>The final path, relative to the data folder, of what <paramref name="content"/> holds.</summary>
    public string RelativePathFor(Stream content) => $"{Stem}.{Hash(content)}.parquet";

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

    // An ARN that parsed holds no dots, slashes or backslashes in these parts. Version 7 ids sort by the time they were made.
    private static SegmentFile In(string dataRoot, Arn group, string datasetType, string mark) =>
        new(dataRoot, string.Join('/', "segments", group.Account, group.Name, datasetType, $"{mark}{Guid.CreateVersion7():N}"));
}
