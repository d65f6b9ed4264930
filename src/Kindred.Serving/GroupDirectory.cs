using Kindred.Contracts.Arns;

namespace Kindred.Serving;

/// <summary>The open data of dataset groups: snapshots and the events that arrived since.</summary>
public sealed class GroupDirectory
{
    /// <summary>A dataset of the group has published: opens the new snapshots and swaps them in. Requests under way finish on the old ones.</summary>
    public Task RefreshAsync(Arn datasetGroup, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The group is gone; its files are closed when their last reader leaves.</summary>
    public void Remove(Arn datasetGroup) => throw new NotSupportedException();
}
