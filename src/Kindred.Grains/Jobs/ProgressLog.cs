using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Jobs;

/// <summary>Tells the operator of long jobs where they are, and not more often than people read.</summary>
internal sealed partial class ProgressLog(JobRun run, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private long _last = clock.GetTimestamp();

    public void Hear(JobRun.JobProgress progress)
    {
        var last = Volatile.Read(ref _last);
        if (clock.GetElapsedTime(last) < Period || Interlocked.CompareExchange(ref _last, clock.GetTimestamp(), last) != last) return;
        LogProgress(run.Kind, run.Resource, 100 * progress.Fraction, progress.Stage);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {Resource}: {Percent:F0} %, {Stage}")]
    private partial void LogProgress(JobKind kind, Arn resource, double percent, string stage);
}
