using Kindred.Serving.Caching;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Groups;

/// <summary>The snapshots of one publication of a group's data, held open; null for a dataset that is not there or has none yet.</summary>
internal sealed record BorrowedSnapshots(
    Borrowed<UserHistory>? History, Borrowed<ItemCatalog>? Items, Borrowed<ItemCatalog>? Users, Borrowed<ItemCatalog>? Actions,
    Borrowed<UserHistory>? ActionHistory) : IDisposable
{
    public void Dispose()
    {
        History?.Dispose();
        Items?.Dispose();
        Users?.Dispose();
        Actions?.Dispose();
        ActionHistory?.Dispose();
    }
}
