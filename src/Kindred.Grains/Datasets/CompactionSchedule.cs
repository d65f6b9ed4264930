using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Serving;
using Kindred.Storage.Events;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Datasets;

/// <summary>Looks every minute which dataset groups have streamed records that have waited in the log long enough, or are many.</summary>
internal sealed partial class CompactionSchedule(
    IGrainFactory grains, Inventory inventory, IEventLog events, GroupDirectory directory, JobOptions options, TimeProvider clock,
    ILogger<CompactionSchedule> logger) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan HurryAgainAfter = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Arn, DateTimeOffset> _waitingSince = [];
    private readonly Dictionary<Arn, DateTimeOffset> _hurried = [];
    private ITimer? _timer;
    private int _looking;

    public void Start()
    {
        _timer = clock.CreateTimer(_ => _ = LookAsync(), null, Period, Period);
        directory.Filled += Compact;
    }

    public void Stop()
    {
        directory.Filled -= Compact;
        _timer?.Dispose();
    }

    public void Dispose() => Stop();

    internal async Task LookAsync()
    {
        if (Interlocked.Exchange(ref _looking, 1) == 1) return;
        try
        {
            var datasets = await inventory.EverywhereAsync<DatasetState>();
            foreach (var group in datasets.GroupBy(dataset => dataset.Dataset.DatasetGroupArn))
                await LookAsync(group.Key, group.Min(dataset => dataset.Data.CompactedThrough));
        }
        catch (Exception failure)
        {
            LogFailed(failure); // the next look comes in a minute
        }
        finally
        {
            Volatile.Write(ref _looking, 0);
        }
    }

    /// <summary>Does not wait for the next look: memory is short. A job that is under way is asked for the same once more, and is the same.</summary>
    private void Compact(Arn group)
    {
        var now = clock.GetUtcNow();
        lock (_hurried)
        {
            if (_hurried.TryGetValue(group, out var last) && now - last < HurryAgainAfter) return;
            _hurried[group] = now;
        }
        _ = Task.Run(async () =>
        {
            using var entry = CallerContext.EnterService(group.Account, "early compaction");
            try
            {
                await grains.GetGrain<IJobControl>(group.ToString()).StartAsync(JobKind.Compact);
            }
            catch (Exception failure)
            {
                LogUnreadable(group, failure); // the next record asks again
            }
        });
    }

    private async Task LookAsync(Arn group, long compactedThrough)
    {
        using var entry = CallerContext.EnterService(group.Account, "compaction schedule");
        try
        {
            var waiting = await events.EndPositionAsync(group, CancellationToken.None) - compactedThrough;
            if (IsDue(group, waiting, clock.GetUtcNow())) await grains.GetGrain<IJobControl>(group.ToString()).StartAsync(JobKind.Compact);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            LogUnreadable(group, failure); // the other groups' logs are not to wait for this one's
        }
    }

    private bool IsDue(Arn group, long waiting, DateTimeOffset now)
    {
        if (waiting <= 0)
        {
            _waitingSince.Remove(group);
            return false;
        }
        if (!_waitingSince.TryGetValue(group, out var since)) _waitingSince[group] = since = now;
        if (waiting < options.CompactionRecords && now - since < options.CompactionAge) return false;
        _waitingSince.Remove(group);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The streamed records of {DatasetGroup} cannot be compacted")]
    private partial void LogUnreadable(Arn datasetGroup, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The logs of streamed records could not be looked at")]
    private partial void LogFailed(Exception failure);
}
