namespace Kindred.Storage.Artifacts;

/// <summary>A readable copy of an artifact on this machine. Dispose it once, when nothing reads the file any more.</summary>
public sealed class ArtifactCopy : IDisposable
{
    private Action? _leave;

    internal ArtifactCopy(string name, string path, Action leave) => (Name, Path, _leave) = (name, path, leave);

    public string Name { get; }

    /// <summary>Absolute path; the file must not be changed.</summary>
    public string Path { get; }

    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
