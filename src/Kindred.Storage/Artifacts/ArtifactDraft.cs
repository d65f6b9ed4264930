namespace Kindred.Storage.Artifacts;

/// <summary>A file that is being written. Disposing it without publishing removes it.</summary>
public sealed class ArtifactDraft : IDisposable
{
    private readonly Func<ArtifactDraft, string, CancellationToken, Task> _publish;
    private bool _isPublished;

    /// <param name="publish">Moves the complete file to where artifacts of that name lie.</param>
    internal ArtifactDraft(string name, string path, Func<ArtifactDraft, string, CancellationToken, Task> publish) =>
        (Name, Path, _publish) = (name, path, publish);

    public string Name { get; }

    /// <summary>Where to write: an absolute path on this machine, in a folder that exists. Nothing lies there yet.</summary>
    public string Path { get; }

    /// <summary>Publishes under <see cref="Name"/>; when this returns the artifact is durable, and can be opened.</summary>
    /// <returns>The name, for the owner's state.</returns>
    public Task<string> PublishAsync(CancellationToken cancellationToken) => PublishAsync(Name, cancellationToken);

    /// <summary>Publishes under a name that was not known when the draft was begun, such as one with a hash of the content.</summary>
    /// <inheritdoc cref="PublishAsync(CancellationToken)"/>
    public async Task<string> PublishAsync(string name, CancellationToken cancellationToken)
    {
        if (_isPublished) throw new InvalidOperationException($"The artifact '{name}' is published already.");
        await _publish(this, name, cancellationToken);
        _isPublished = true;
        return name;
    }

    public void Dispose()
    {
        if (!_isPublished) File.Delete(Path);
    }
}
