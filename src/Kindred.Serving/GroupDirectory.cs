using System.Runtime.ExceptionServices;
using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Caching;
using Kindred.Serving.Groups;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Microsoft.Extensions.Logging;

namespace Kindred.Serving;

/// <summary>
/// The open data of dataset groups: snapshots, and the records that arrived since. A group is opened by its first use;
/// its grain says when its data changed, and from then on requests never wait: they are answered from the old data until
/// the new is open.
/// </summary>
public sealed partial class GroupDirectory : IDisposable
{
    private readonly VersionedCache<Arn, OpenGroup> _groups;
    private readonly IGrainFactory _grains;
    private readonly IResourceCatalog _catalog;
    private readonly IEventLog _events;
    private readonly IArtifactStore _artifacts;
    private readonly ILogger<GroupDirectory> _logger;
    private readonly IDisposable _subscription;
    private readonly long _compactAbove;

    public GroupDirectory(
        IGrainFactory grains, IResourceCatalog catalog, IChangeFeed feed, IEventLog events, IArtifactStore artifacts,
        ServingOptions options, TimeProvider clock, ILogger<GroupDirectory> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_grains, _catalog, _events, _artifacts, _logger) = (grains, catalog, events, artifacts, logger);
        (Memory, _compactAbove) = (new LiveMemory(options), options.CompactAboveLiveBytes);
        _groups = new(AskAsync, CacheRules.Of(options, "groups") with { Patience = TimeSpan.Zero }, clock, static group => group.Retire());
        _subscription = feed.Subscribe(Hear);
    }

    /// <summary>A group's streamed records take up so much memory that they should be compacted now.</summary>
    public event Action<Arn>? Filled;

    /// <summary>What the streamed records of all open groups take up.</summary>
    internal LiveMemory Memory { get; }

    /// <summary>
    /// Asks for the group's data now, opens new snapshots and swaps them in: when the task has ended, this process serves everything
    /// that was published before the call, or knows that the group is gone. Requests under way finish on the old data.
    /// </summary>
    /// <remarks>
    /// It asks the group's grain, so a grain's turn that the answer needs must not wait for it. It opens no group that nobody has open:
    /// opening reads the group's log, and nobody's turn is to wait for that. Whoever is opening it at this moment asks again.
    /// </remarks>
    /// <exception cref="Exception">The new data cannot be opened; the old goes on serving.</exception>
    public async Task RefreshAsync(Arn datasetGroup, CancellationToken cancellationToken)
    {
        if (_groups.Peek(datasetGroup) is null)
        {
            _groups.Doubt(datasetGroup);
            return;
        }
        await _groups.RefreshAsync(datasetGroup, cancellationToken);
        if (_groups.Peek(datasetGroup)?.Fault is { } fault) ExceptionDispatchInfo.Throw(fault);
    }

    public void Dispose() => _subscription.Dispose();

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

    /// <summary>Says so when the records that were just taken in are too many to wait for their compaction.</summary>
    internal void NoteTaken(GroupView group)
    {
        if (group.Live.Bytes > _compactAbove) Filled?.Invoke(group.DatasetGroup);
    }

    private void Hear(Change change)
    {
        if (change.Kind is not (ChangedSubject.DatasetGroup or ChangedSubject.EventLog)) return;
        if (!Arn.TryParse(change.Key, out var datasetGroup)) return;
        // Away from the thread that brings it, which may be on a grain's turn.
        if (change.Kind is ChangedSubject.DatasetGroup)
        {
            if (_groups.Hear(datasetGroup, change.Number)) _ = Task.Run(() => RefreshInBackgroundAsync(datasetGroup));
        }
        else if (_groups.Peek(datasetGroup) is { } open && !open.HasLast(change.Number))
        {
            _ = CatchUpInBackgroundAsync(datasetGroup, open);
        }
    }

    private async Task CatchUpInBackgroundAsync(Arn datasetGroup, OpenGroup open)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await open.CatchUpAsync(_events);
        }
        catch (Exception failure)
        {
            LogCatchUpFailed(failure, datasetGroup); // tried again with the next news, and when the group is asked for again
        }
    }

    private async Task RefreshInBackgroundAsync(Arn datasetGroup)
    {
        try
        {
            await _groups.RefreshAsync(datasetGroup, CancellationToken.None);
        }
        catch (Exception failure)
        {
            LogAskFailed(failure, datasetGroup);
        }
    }

    private async Task<Answer<OpenGroup>?> AskAsync(Arn datasetGroup, OpenGroup? held)
    {
        if (held is null && await _catalog.FindAsync<DatasetGroupState>(datasetGroup) is null) return null;
        return await AskGrainAsync(datasetGroup) is { } data ? new(data.Number, open => TakeAsync(data, open)) : null;
    }

    private async ValueTask<OpenGroup> TakeAsync(GroupData data, OpenGroup? open)
    {
        try
        {
            var taken = await WithNewestAsync(data, newest => TakeOnceAsync(newest, open));
            taken.Fault = null;
            return taken;
        }
        catch (Exception failure) when (open is not null)
        {
            // The owner has answered; that its files cannot be read is no reason to end what can be. The next answer tries again.
            LogRefreshFailed(failure, data.DatasetGroupArn);
            open.Fault = failure;
            return open;
        }
        catch (Exception failure)
        {
            LogOpenFailed(failure, data.DatasetGroupArn);
            throw new RefusedException(RefusalCode.ServiceUnavailable,
                $"The data of '{data.DatasetGroupArn}' cannot be opened just now. "
                + "The deployment's log says why; importing the dataset again replaces it.");
        }
    }

    private async ValueTask<OpenGroup> TakeOnceAsync(GroupData data, OpenGroup? open)
    {
        // A group that was deleted and made again has another log: nothing of its predecessor may be left.
        if (open is null || open.MadeAs != data.MadeAs) return await OpenGroup.OpenAsync(_artifacts, data, _events, Memory);
        await open.PublishAsync(data);
        _ = CatchUpInBackgroundAsync(data.DatasetGroupArn, open); // a turn may wait for this answer, and none is to wait for a log
        return open;
    }

    /// <summary>Files that a newer publication replaced may be deleted between the answer and the opening: then the newer answer counts.</summary>
    private async Task<OpenGroup> WithNewestAsync(GroupData data, Func<GroupData, ValueTask<OpenGroup>> open)
    {
        while (true)
        {
            try
            {
                return await open(data);
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException)
            {
                var newer = await AskGrainAsync(data.DatasetGroupArn);
                if (newer is null || OpenGroup.IsSame(data, newer)) throw;
                data = newer;
            }
        }
    }

    private async Task<GroupData?> AskGrainAsync(Arn datasetGroup)
    {
        using var _ = CallerContext.EnterService(datasetGroup.Account, "opening of a dataset group");
        return await _grains.GetGrain<IDatasetGroupGrain>(datasetGroup.ToString()).GetDataAsync(CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot open the data of {DatasetGroup}")]
    private partial void LogOpenFailed(Exception failure, Arn datasetGroup);

    [LoggerMessage(Level = LogLevel.Error, Message = "Cannot open the new data of {DatasetGroup}; the old goes on serving")]
    private partial void LogRefreshFailed(Exception failure, Arn datasetGroup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot read on in the event log of {DatasetGroup}")]
    private partial void LogCatchUpFailed(Exception failure, Arn datasetGroup);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot ask for the new data of {DatasetGroup}; the old goes on serving")]
    private partial void LogAskFailed(Exception failure, Arn datasetGroup);
}
