using Kindred.Contracts.Datasets;
using Kindred.Serving.Caching;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Groups;

/// <summary>The snapshots of a group's newest publication; each is opened once, however many publications name it.</summary>
internal sealed class OpenSnapshots(IArtifactStore artifacts)
{
    private Snapshot<UserHistory>? _history;
    private Snapshot<ItemCatalog>? _items;
    private Snapshot<ItemCatalog>? _users;

    /// <summary>Opens what <paramref name="data"/> names and retires what it names no longer.</summary>
    /// <exception cref="IOException">A file is gone. Nothing has changed.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read. Nothing has changed.</exception>
    public async Task<GroupView> OpenAsync(GroupData data, LiveData live)
    {
        var (history, items, users) = (_history, _items, _users);
        try
        {
            history = await ReopenAsync(_history, data.Find(DatasetTypes.Interactions)?.SnapshotPath, UserHistory.Open);
            items = await ReopenAsync(_items, data.Find(DatasetTypes.Items)?.SnapshotPath, ItemCatalog.Open);
            users = await ReopenAsync(_users, data.Find(DatasetTypes.Users)?.SnapshotPath, ItemCatalog.Open);
            var view = new GroupView(data, history?.Borrow(), items?.Borrow(), users?.Borrow(), live);
            if (history != _history) _history?.Shared.Retire();
            if (items != _items) _items?.Shared.Retire();
            if (users != _users) _users?.Shared.Retire();
            (_history, _items, _users) = (history, items, users);
            return view;
        }
        catch
        {
            if (history != _history) history?.Shared.Retire();
            if (items != _items) items?.Shared.Retire();
            if (users != _users) users?.Shared.Retire();
            throw;
        }
    }

    public void Retire()
    {
        _history?.Shared.Retire();
        _items?.Shared.Retire();
        _users?.Shared.Retire();
    }

    private async Task<Snapshot<T>?> ReopenAsync<T>(Snapshot<T>? open, string? name, Func<string, T> openFile)
        where T : class, IDisposable
    {
        if (name is null) return null;
        if (open?.Name == name) return open;
        var copy = await artifacts.OpenAsync(name, CancellationToken.None);
        try
        {
            return new(name, new Shared<T>(openFile(copy.Path), snapshot =>
            {
                snapshot.Dispose();
                copy.Dispose();
            }));
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private sealed record Snapshot<T>(string Name, Shared<T> Shared) where T : class
    {
        public Borrowed<T> Borrow() => Shared.TryBorrow(out var borrowed)
            ? borrowed
            : throw new InvalidOperationException($"The snapshot '{Name}' was closed while its group is open.");
    }
}
