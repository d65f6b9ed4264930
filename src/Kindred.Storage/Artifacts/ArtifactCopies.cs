using Kindred.Contracts.Datasets;

namespace Kindred.Storage.Artifacts;

/// <summary>Copies of several artifacts, all readable until this is disposed.</summary>
public sealed class ArtifactCopies : IDisposable
{
    private readonly Dictionary<string, ArtifactCopy> _copies;

    internal ArtifactCopies(Dictionary<string, ArtifactCopy> copies) => _copies = copies;

    /// <summary>Absolute paths of segments, in the order in which they are asked for.</summary>
    /// <exception cref="KeyNotFoundException">A segment is not among the copies.</exception>
    public IEnumerable<string> PathsOf(IEnumerable<SegmentReference> segments) => segments.Select(segment => _copies[segment.Path].Path);

    public void Dispose()
    {
        foreach (var copy in _copies.Values) copy.Dispose();
    }
}
