using System.Runtime.CompilerServices;
using Kindred.Files;
using Kindred.Storage.Durability;

namespace Kindred.Storage.Artifacts;

/// <summary>
/// Artifacts as files of the data folder. A copy is the file itself, so a delete waits for the last one. One process has the folder at
/// a time (<see cref="DataFolderLock"/>), so whatever was begun before it came, and has no name yet, belongs to nobody.
/// </summary>
public sealed class LocalArtifactStore : IArtifactStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Readers> _readers = new(StringComparer.Ordinal);
    private readonly string _root;

    public LocalArtifactStore(StorageOptions options) => _root = options?.Root ?? throw new ArgumentNullException(nameof(options));

    public ArtifactDraft Begin(string name)
    {
        var draft = DurableFile.TemporaryPathFor(PathOf(name));
        DurableFile.CreateDirectory(Path.GetDirectoryName(draft)!);
        return new ArtifactDraft(name, draft, PublishAsync);
    }

    public Task<ArtifactCopy> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        lock (_gate)
        {
            var readers = _readers.GetValueOrDefault(name) ?? new Readers();
            // One that is to be deleted is gone for whoever comes now.
            if (readers.IsDoomed || !File.Exists(path)) throw new FileNotFoundException($"There is no artifact '{name}'.", path);
            readers.Count++;
            _readers[name] = readers;
        }
        return Task.FromResult(new ArtifactCopy(name, path, () => Leave(name)));
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        lock (_gate)
        {
            if (_readers.TryGetValue(name, out var readers)) readers.IsDoomed = true;
            else Remove(path);
        }
        return Task.CompletedTask;
    }

    public Task WaitGoneAsync(string name, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _readers.TryGetValue(name, out var readers) && readers.IsDoomed ? readers.Left.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
        }
    }

    public Task<ArtifactFolder> OpenFolderAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        DurableFile.CreateDirectory(path);
        return Task.FromResult(new ArtifactFolder(name, path));
    }

    public Task DeleteFolderAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return Task.Run(() =>
        {
            try
            {
                if (Directory.Exists(path)) DeleteBelow(path);
            }
            catch (DirectoryNotFoundException)
            {
                // An attempt that was cancelled and the delete of its resource both remove its folder: the other was quicker.
            }
        }, cancellationToken);
    }

    public async IAsyncEnumerable<StoredArtifact> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var artifact in await Task.Run(List, cancellationToken)) yield return artifact;
    }

    /// <summary>Removes the drafts of processes that are gone. Only for the start, when the folder was taken and nothing is begun yet.</summary>
    internal void RemoveDrafts()
    {
        foreach (var kind in ArtifactNames.All) DurableFile.DeleteTemporaries(PathOf(kind));
    }

    private async Task PublishAsync(ArtifactDraft draft, string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        // Off the caller's thread: a large file's last bytes may take the disk a while.
        await Task.Run(() =>
        {
            using (var file = File.OpenHandle(draft.Path, FileMode.Open, FileAccess.ReadWrite)) RandomAccess.FlushToDisk(file);
            DurableFile.CreateDirectory(Path.GetDirectoryName(path)!);
            DurableFile.Publish(draft.Path, path);
        }, cancellationToken);
    }

    private void Leave(string name)
    {
        lock (_gate)
        {
            var readers = _readers[name];
            if (--readers.Count > 0) return;
            _readers.Remove(name);
            if (readers.IsDoomed) Remove(PathOf(name));
            readers.Left.SetResult();
        }
    }

    private void DeleteBelow(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", Everything).ToArray())
        {
            lock (_gate)
            {
                if (_readers.TryGetValue(NameOf(file), out var readers)) readers.IsDoomed = true;
                else Remove(file);
            }
        }
        if (!Directory.EnumerateFiles(folder, "*", Everything).Any()) Directory.Delete(folder, recursive: true);
    }

    private List<StoredArtifact> List()
    {
        var found = new List<StoredArtifact>();
        foreach (var kind in ArtifactNames.OfDatasetGroups.Append(ArtifactNames.Models).Select(PathOf).Where(Directory.Exists))
        {
            foreach (var file in new DirectoryInfo(kind).EnumerateFiles("*", Everything))
                if (!DurableFile.IsTemporary(file.Name)) found.Add(Describe(file, isFolder: false));
        }
        foreach (var kind in new[] { ArtifactNames.Trainings, ArtifactNames.Outputs }.Select(PathOf).Where(Directory.Exists))
        {
            // trainings/{account}/{solution}/{version}, outputs/{account}/{group}/{job}
            var kept = new DirectoryInfo(kind).EnumerateDirectories()
                .SelectMany(account => account.EnumerateDirectories()).SelectMany(owner => owner.EnumerateDirectories());
            found.AddRange(kept.Select(folder => Describe(folder, isFolder: true)));
        }
        return found;
    }

    private StoredArtifact Describe(FileSystemInfo file, bool isFolder)
    {
        var name = NameOf(file.FullName);
        // A file's content is written before it is published, and it is never written again; of a folder only its making counts.
        var begun = isFolder ? file.CreationTimeUtc : new[] { file.CreationTimeUtc, file.LastWriteTimeUtc }.Min();
        return new StoredArtifact(name, ArtifactOwner.Of(name), new DateTimeOffset(begun, TimeSpan.Zero), isFolder);
    }

    private string NameOf(string path) => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/');

    private string PathOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var parts = name.Split('/');
        if (parts.Any(part => part is "" or "." or "..") || name.Contains('\\') || name.Contains('\0'))
            throw new ArgumentException($"'{name}' is not the name of an artifact.", nameof(name));
        return Path.Combine([_root, .. parts]);
    }

    private static void Remove(string path)
    {
        // A folder that is gone took the file with it.
        if (File.Exists(path)) File.Delete(path);
    }

    private static EnumerationOptions Everything { get; } = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private sealed class Readers
    {
        public int Count { get; set; }
        public bool IsDoomed { get; set; }
        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
