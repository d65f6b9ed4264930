using Kindred.Contracts.Arns;
using Kindred.Storage.Artifacts;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Files;

/// <summary>
/// Removes files of dataset groups that no manifest names any more, once nothing in this process reads the group. What a crash keeps
/// from being removed, <see cref="LeftoverSweep"/> finds at the next start.
/// </summary>
internal sealed partial class DataFiles(IArtifactStore artifacts, ILogger<DataFiles> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Arn, Readers> _readers = [];

    /// <summary>While the result is not disposed, no file that the group's manifests named when this returned is removed here.</summary>
    public IDisposable Read(Arn datasetGroup)
    {
        lock (_gate)
        {
            var readers = _readers.TryGetValue(datasetGroup, out var known) ? known : _readers[datasetGroup] = new Readers();
            readers.Count++;
        }
        return new Reading(this, datasetGroup);
    }

    public void DeleteWhenUnread(Arn datasetGroup, IEnumerable<string> names)
    {
        var doomed = names.ToArray();
        WhenUnread(datasetGroup, () => _ = DeleteAsync(doomed));
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

    /// <summary>Completes when nothing in this process reads what the group's manifests named before the call.</summary>
    public Task UnreadAsync(Arn datasetGroup, CancellationToken cancellationToken)
    {
        var unread = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        WhenUnread(datasetGroup, unread.SetResult);
        return unread.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Removes everything that a group has; nothing reads a group that is being deleted.</summary>
    public async Task DeleteGroupAsync(Arn datasetGroup)
    {
        foreach (var kind in ArtifactNames.OfDatasetGroups.Append(ArtifactNames.Outputs))
            await artifacts.DeleteFolderAsync(ArtifactNames.FolderOf(kind, datasetGroup), CancellationToken.None);
    }

    /// <summary>A file that cannot be removed is logged, and left to the sweep of the next start.</summary>
    public async Task DeleteAsync(IEnumerable<string> names)
    {
        try
        {
            await artifacts.DeleteAllAsync(names, CancellationToken.None);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(failure);
        }
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files that nothing names any more could not be removed; the next start tries again")]
    private partial void LogNotRemoved(Exception failure);

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
