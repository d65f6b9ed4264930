using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;
using Kindred.Storage.Events;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Datasets;

/// <summary>Looks every minute which dataset groups have streamed records that have waited in the log long enough, or are many.</summary>
internal sealed partial class CompactionSchedule(
    IGrainFactory grains, Inventory inventory, EventStore events, JobOptions options, TimeProvider clock, ILogger<CompactionSchedule> logger) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Arn, DateTimeOffset> _waitingSince = [];
    private ITimer? _timer;
    private int _looking;

    public void Start() => _timer = clock.CreateTimer(_ => _ = LookAsync(), null, Period, Period);

    public void Stop() => _timer?.Dispose();

    public void Dispose() => Stop();

    internal async Task LookAsync()
    {
        if (Interlocked.Exchange(ref _looking, 1) == 1) return;
        using var entry = CallerContext.EnterService(account: null, "compaction schedule");
        try
        {
            var datasets = await inventory.AllAsync<DatasetState>(StateNames.Dataset, "");
            foreach (var group in datasets.GroupBy(dataset => Arn.Parse(dataset.Dataset!.DatasetGroupArn!)))
            {
                var waiting = events.EndPosition(group.Key) - group.Min(dataset => dataset.Data!.CompactedThrough);
                if (IsDue(group.Key, waiting, clock.GetUtcNow())) await grains.GetGrain<IJobControl>(group.Key.ToString()).StartAsync(JobKind.Compact);
            }
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The logs of streamed records could not be looked at")]
    private partial void LogFailed(Exception failure);
}
