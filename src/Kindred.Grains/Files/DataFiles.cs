using Kindred.Contracts.Arns;
using Kindred.Storage;

namespace Kindred.Grains.Files;

/// <summary>
/// Removes files of dataset groups that no manifest names any more, once no training reads them. What a crash keeps from
/// being removed, <see cref="OrphanSweep"/> finds at the next start.
/// </summary>
internal sealed class DataFiles(StorageOptions storage)
{
    private static readonly string[] GroupFolders = ["segments", "snapshots", "quarantine"];

    private readonly Lock _gate = new();
    private readonly Dictionary<Arn, Readers> _readers = [];

    public string Absolute(string relativePath) => Path.Combine(storage.Root, relativePath);

    /// <summary>While the result is not disposed, no file that the group's manifests named when this returned is removed.</summary>
    public IDisposable Read(Arn datasetGroup)
    {
        lock (_gate)
        {
            var readers = _readers.TryGetValue(datasetGroup, out var known) ? known : _readers[datasetGroup] = new Readers();
            readers.Count++;
        }
        return new Reading(this, datasetGroup);
    }

    public void DeleteWhenUnread(Arn datasetGroup, IEnumerable<string> relativePaths)
    {
        var paths = relativePaths.ToArray();
        WhenUnread(datasetGroup, () => Delete(paths));
    }

    /// <summary>Runs <paramref name="action"/> now, or as soon as the group's last reader has left.</summary>
    public void WhenUnread(Arn datasetGroup, Action action)
    {
        lock (_gate)
        {
            if (_readers.TryGetValue(datasetGroup, out var readers))
            {
                readers.Afterwards.Add(action);
                return;
            }
        }
        action();
    }

    /// <summary>Removes a group's folders; nothing reads a group that is being deleted.</summary>
    public Task DeleteGroupAsync(Arn datasetGroup) => Task.Run(() =>
    {
        foreach (var kind in GroupFolders)
        {
            var folder = Absolute(Path.Combine(kind, datasetGroup.Account, datasetGroup.Name));
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    });

    public void Delete(params IEnumerable<string> relativePaths)
    {
        foreach (var path in relativePaths.Select(Absolute).Where(File.Exists)) File.Delete(path);
    }

    private void Leave(Arn datasetGroup)
    {
        List<Action> afterwards;
        lock (_gate)
        {
            var readers = _readers[datasetGroup];
            if (--readers.Count > 0) return;
            _readers.Remove(datasetGroup);
            afterwards = readers.Afterwards;
        }
        afterwards.ForEach(action => action());
    }

    private sealed class Readers
    {
        public int Count { get; set; }
        public List<Action> Afterwards { get; } = [];
    }

    private sealed class Reading(DataFiles files, Arn datasetGroup) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0) files.Leave(datasetGroup);
        }
    }
}
