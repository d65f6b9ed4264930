using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Attribution;
using Kindred.Grains.Resources;
using Kindred.Serving.Attribution;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Attribution;

/// <summary>Counts every minute what has come in for metric attributions.</summary>
internal sealed partial class AttributionSchedule(
    Inventory inventory, AttributionCounter counter, TimeProvider clock, ILogger<AttributionSchedule> logger) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private ITimer? _timer;
    private int _looking;

    public void Start() => _timer = clock.CreateTimer(_ => _ = LookAsync(), null, Period, Period);

    public void Dispose() => _timer?.Dispose();

    internal async Task LookAsync()
    {
        if (Interlocked.Exchange(ref _looking, 1) == 1) return;
        try
        {
            foreach (var attribution in await inventory.EverywhereAsync<MetricAttributionState>())
                await CountAsync(attribution.Attribution.DatasetGroupArn);
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

    private async Task CountAsync(Arn group)
    {
        using var entry = CallerContext.EnterService(group.Account, "counting of attributed events");
        try
        {
            await counter.CountAsync(group, CancellationToken.None);
        }
        catch (Exception failure)
        {
            LogUncounted(group, failure); // the other groups are not to wait for this one
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The attributed events of {DatasetGroup} could not be counted")]
    private partial void LogUncounted(Arn datasetGroup, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Metric attributions could not be looked at")]
    private partial void LogFailed(Exception failure);
}
