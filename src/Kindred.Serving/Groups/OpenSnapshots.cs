using Kindred.Contracts.Datasets;
using Kindred.Serving.Caching;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Groups;

/// <summary>The snapshots of a group's newest publication; each is opened once, however many publications name it.</summary>
internal sealed class OpenSnapshots(IArtifactStore artifacts)
{
    private Snapshots _open = new(null, null, null, null, null);

    /// <summary>Opens what <paramref name="data"/> names and retires what it names no longer.</summary>
    /// <exception cref="IOException">A file is gone. Nothing has changed.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read. Nothing has changed.</exception>
    public async Task<GroupView> OpenAsync(GroupData data, LiveData live)
    {
        var (before, next) = (_open, _open);
        try
        {
            next = next with { History = await ReopenAsync(before.History, data, DatasetTypes.Interactions, UserHistory.Open) };
            next = next with { Items = await ReopenAsync(before.Items, data, DatasetTypes.Items, ItemCatalog.Open) };
            next = next with { Users = await ReopenAsync(before.Users, data, DatasetTypes.Users, ItemCatalog.Open) };
            next = next with { Actions = await ReopenAsync(before.Actions, data, DatasetTypes.Actions, ItemCatalog.Open) };
            next = next with { ActionHistory = await ReopenAsync(before.ActionHistory, data, DatasetTypes.ActionInteractions, UserHistory.Open) };
            var view = new GroupView(
                data,
                new BorrowedSnapshots(
                    next.History?.Borrow(), next.Items?.Borrow(), next.Users?.Borrow(), next.Actions?.Borrow(), next.ActionHistory?.Borrow()),
                live);
            before.RetireBut(next);
            _open = next;
            return view;
        }
        catch
        {
            next.RetireBut(before);
            throw;
        }
    }

    public void Retire() => _open.RetireBut(new(null, null, null, null, null));

    private async Task<Snapshot<T>?> ReopenAsync<T>(Snapshot<T>? open, GroupData data, string datasetType, Func<string, T> openFile)
        where T : class, IDisposable
    {
        if (data.Find(datasetType)?.SnapshotPath is not { } name) return null;
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

    private sealed record Snapshots(
        Snapshot<UserHistory>? History, Snapshot<ItemCatalog>? Items, Snapshot<ItemCatalog>? Users, Snapshot<ItemCatalog>? Actions,
        Snapshot<UserHistory>? ActionHistory)
    {
        /// <summary>Retires those that <paramref name="kept"/> does not have.</summary>
        public void RetireBut(Snapshots kept)
        {
            if (History != kept.History) History?.Shared.Retire();
            if (Items != kept.Items) Items?.Shared.Retire();
            if (Users != kept.Users) Users?.Shared.Retire();
            if (Actions != kept.Actions) Actions?.Shared.Retire();
            if (ActionHistory != kept.ActionHistory) ActionHistory?.Shared.Retire();
        }
    }

    private sealed record Snapshot<T>(string Name, Shared<T> Shared) where T : class
    {
        public Borrowed<T> Borrow() => Shared.TryBorrow(out var borrowed)
            ? borrowed
            : throw new InvalidOperationException($"The snapshot '{Name}' was closed while its group is open.");
    }
}
