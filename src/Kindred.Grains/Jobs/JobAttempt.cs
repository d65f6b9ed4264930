using System.Diagnostics;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Telemetry;
using Kindred.Recipes.Training;
using Microsoft.Extensions.Logging;

namespace Kindred.Grains.Jobs;

/// <summary>Makes one attempt on the calling thread, and reports to the job's grain how it began and how it ended.</summary>
internal sealed partial class JobAttempt(JobRun run, IJobRunner runner, IJobControl job, string silo, TimeProvider clock, ILogger logger)
{
    private const string Failed = "Failed";

    public async Task MakeAsync()
    {
        var started = clock.GetTimestamp();
        using var activity = KindredTelemetry.Activities.StartActivity($"{run.Kind} job", ActivityKind.Consumer);
        activity?.SetTag(TelemetryAttributes.Tenant, run.Resource.Account).SetTag("kindred.job.attempt", run.Attempt);
        try
        {
            if (await ReportAsync() is not { } outcome) return;
            if (outcome == Failed) activity?.SetStatus(ActivityStatusCode.Error);
            JobMetrics.Ended(run.Kind, outcome, clock.GetElapsedTime(started));
        }
        catch (Exception failure)
        {
            // The job's own grain could not be reached or could not write: its reminder starts another attempt.
            LogUnreported(run.Resource, run.Attempt, failure);
        }
    }

    /// <returns>How it ended, for the metrics; null when it did not begin.</returns>
    private async Task<string?> ReportAsync()
    {
        JobResult result;
        try
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            if (!await job.BeginAsync(run.Attempt, silo)) return null;
            LogBegun(run.Kind, run.Resource, run.Attempt);
            run.Reported += new ProgressLog(run, clock, logger).Hear;
            result = await runner.RunAsync(run);
        }
        catch (OperationCanceledException) when (run.CancellationToken.IsCancellationRequested)
        {
            await ReportEndingAsync(run.Ending);
            return run.Ending.ToString();
        }
        catch (Exception failure)
        {
            var (reason, final) = Explain(failure);
            var isExpected = failure is RefusedException or InsufficientDataException;
            LogFailed(run.Kind, run.Resource, run.Attempt, reason, isExpected ? null : failure);
            await job.FailAsync(run.Attempt, reason, final);
            return Failed;
        }

        run.Report(1, "publishing");
        if (await job.CompleteAsync(run.Attempt, result))
        {
            LogDone(run.Kind, run.Resource, run.Attempt);
            return "Done";
        }
        LogUnpublished(run.Kind, run.Resource, run.Attempt);
        await runner.DiscardAsync(run.Resource, result);
        return "Unpublished";
    }

    private Task ReportEndingAsync(JobEnding ending)
    {
        LogEnded(run.Kind, run.Resource, run.Attempt, ending);
        return ending switch
        {
            JobEnding.GivingWay => job.GiveWayAsync(run.Attempt),
            JobEnding.Suspended => job.SuspendAsync(run.Attempt),
            JobEnding.Cancelled => job.CancelledAsync(run.Attempt),
            _ => Task.CompletedTask, // the job has gone on without this attempt
        };
    }

    /// <summary>What the resource's owner reads, and whether trying again is pointless.</summary>
    private static (string Reason, bool Final) Explain(Exception failure) => failure switch
    {
        RefusedException or InsufficientDataException => (failure.Message, true),
        IOException or UnauthorizedAccessException => ($"The data folder could not be read or written: {failure.Message}", false),
        OutOfMemoryException => ("There was not enough memory for this job.", false),
        TimeoutException or OrleansException => ($"The service was too busy to go on: {failure.Message}", false),
        _ => ($"An internal error ended the job ({failure.GetType().Name}). The operator finds it in the log.", true),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {Resource} begins, attempt {Attempt}")]
    private partial void LogBegun(JobKind kind, Arn resource, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {Resource} is done, attempt {Attempt}")]
    private partial void LogDone(JobKind kind, Arn resource, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {Resource} ends before it is done, attempt {Attempt}: {Ending}")]
    private partial void LogEnded(JobKind kind, Arn resource, int attempt, JobEnding ending);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {Resource} publishes nothing, attempt {Attempt}: job or data moved on")]
    private partial void LogUnpublished(JobKind kind, Arn resource, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} of {Resource} failed, attempt {Attempt}: {Reason}")]
    private partial void LogFailed(JobKind kind, Arn resource, int attempt, string reason, Exception? failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Attempt {Attempt} at the job of {Resource} ended unreported")]
    private partial void LogUnreported(Arn resource, int attempt, Exception failure);
}
