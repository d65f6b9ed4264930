using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Caching;
using Kindred.Serving.Groups;
using Kindred.Storage;
using Kindred.Storage.Events;
using Microsoft.Extensions.Logging;

namespace Kindred.Serving;

/// <summary>
/// The open data of dataset groups: snapshots, and the records that arrived since. A group is opened by its first use;
/// dataset grains own its manifest and say when it changed.
/// </summary>
public sealed partial class GroupDirectory
{
    private readonly PullThroughCache<Arn, OpenGroup> _groups;
    private readonly IGrainFactory _grains;
    private readonly IResourceCatalog _catalog;
    private readonly IEventLog _events;
    private readonly StorageOptions _storage;
    private readonly ILogger<GroupDirectory> _logger;

    public GroupDirectory(
        IGrainFactory grains, IResourceCatalog catalog, IEventLog events, StorageOptions storage, ServingOptions options, TimeProvider clock,
        ILogger<GroupDirectory> logger)
    {
        (_grains, _catalog, _events, _storage, _logger) = (grains, catalog, events, storage, logger);
        _groups = new(OpenAsync, clock, options.AbsenceLifetime, options.MaxAbsences);
    }

    /// <summary>A dataset of the group has published: opens the new snapshots and swaps them in. Requests under way finish on the old ones.</summary>
    /// <remarks>
    /// It asks the group's grain for its data, so a grain's turn that the answer needs must not wait for it; <see cref="Refresh"/> does
    /// not wait. It opens no group that nobody has open: opening reads the group's log, and nobody's turn is to wait for that.
    /// </remarks>
    /// <exception cref="Exception">The new data cannot be opened; the old goes on serving.</exception>
    public async Task RefreshAsync(Arn datasetGroup, CancellationToken cancellationToken)
    {
        if (_groups.Peek(datasetGroup) is not { } group)
        {
            Remove(datasetGroup); // whoever opens it at this moment may have asked before the change, and asks again
            return;
        }
        await group.Refreshing.WaitAsync(cancellationToken);
        try
        {
            // Asked inside the turnstile: of two refreshes the later one sees the later data.
            // Off the caller's scheduler, which may be a grain's: opening reads files.
            var published = await WithNewestAsync(datasetGroup, data => Task.Run(() => { group.Publish(data); return group; }));
            if (published is null) Remove(datasetGroup);
        }
        finally
        {
            group.Refreshing.Release();
        }
    }

    /// <summary>Likewise, without waiting; a failure is logged and the old data goes on serving.</summary>
    public void Refresh(Arn datasetGroup) => _ = Task.Run(async () =>
    {
        try
        {
            await RefreshAsync(datasetGroup, CancellationToken.None);
        }
        catch (Exception failure)
        {
            LogRefreshFailed(failure, datasetGroup);
        }
    });

    /// <summary>The group is gone; its files are closed when their last reader leaves.</summary>
    public void Remove(Arn datasetGroup) => _groups.Remove(datasetGroup)?.Retire();

    /// <summary>The group's data, kept open until the caller disposes what it borrowed.</summary>
    /// <returns>Null when there is no such group.</returns>
    /// <exception cref="RefusedException">ServiceUnavailable: its snapshots or its event log cannot be read.</exception>
    internal async ValueTask<Borrowed<GroupView>?> BorrowAsync(Arn datasetGroup, CancellationToken cancellationToken)
    {
        while (true)
        {
            var group = await _groups.GetAsync(datasetGroup, cancellationToken);
            if (group is null) return null;
            if (group.TryBorrow(out var view)) return view;
            // Removed between the two lines; whoever removed it took it out of the cache first.
        }
    }

    private async Task<OpenGroup?> OpenAsync(Arn datasetGroup)
    {
        if (!await _catalog.HoldsAsync<DatasetGroupState>(StateNames.DatasetGroup, datasetGroup)) return null;
        try
        {
            return await WithNewestAsync(datasetGroup, data => OpenGroup.OpenAsync(_storage.Root, data, _events));
        }
        catch (Exception failure)
        {
            LogOpenFailed(failure, datasetGroup);
            throw new RefusedException(RefusalCode.ServiceUnavailable,
                $"The data of '{datasetGroup}' cannot be opened just now. The deployment's log says why; importing the dataset again replaces it.");
        }
    }

    /// <summary>Files that a newer publication replaced may be deleted between the answer and the opening: then the newer answer counts.</summary>
    /// <returns>Null when there is no such group.</returns>
    private async Task<OpenGroup?> WithNewestAsync(Arn datasetGroup, Func<GroupData, Task<OpenGroup>> open)
    {
        var data = await AskAsync(datasetGroup);
        while (data is not null)
        {
            try
            {
                return await open(data);
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException)
            {
                var newer = await AskAsync(datasetGroup);
                if (newer is not null && OpenGroup.IsSame(data, newer)) throw;
                data = newer;
            }
        }
        return null;
    }

    private async Task<GroupData?> AskAsync(Arn datasetGroup)
    {
        // What is opened serves everybody who may see the group, so it is not opened in the first asker's name.
        using var entered = CallerContext.EnterService(datasetGroup.Account, "opening of a dataset group");
        return await _grains.GetGrain<IDatasetGroupGrain>(datasetGroup.ToString()).GetDataAsync(CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot open the data of {DatasetGroup}")]
    private partial void LogOpenFailed(Exception failure, Arn datasetGroup);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot open the new data of {DatasetGroup}; the old goes on serving")]
    private partial void LogRefreshFailed(Exception failure, Arn datasetGroup);
}
