using System.Diagnostics.CodeAnalysis;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;

namespace Kindred.Grains.Jobs;

/// <summary>One attempt at a job in this process: waiting for a thread, or on it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no wait handle, and a cancel may come while the run ends.")]
internal sealed class JobRun(Arn resource, JobKind kind, int attempt)
{
    private readonly CancellationTokenSource _cancellation = new();
    private volatile JobProgress _progress = new(0, "waiting");

    public Arn Resource { get; } = resource;
    public JobKind Kind { get; } = kind;
    public int Attempt { get; } = attempt;
    public CancellationToken CancellationToken => _cancellation.Token;
    public JobProgress Progress => _progress;

    /// <summary>Hears every report, on the thread that makes it.</summary>
    public Action<JobProgress>? Reported { get; set; }

    /// <summary>The host stops: the cancellation is nobody's wish.</summary>
    public bool IsSuspended { get; private set; }

    public void Report(double fraction, string stage)
    {
        var progress = new JobProgress(Math.Clamp(fraction, 0, 1), stage);
        _progress = progress;
        Reported?.Invoke(progress);
    }

    public void Cancel() => _cancellation.Cancel();

    public void Suspend()
    {
        IsSuspended = true;
        _cancellation.Cancel();
    }

    /// <param name="Fraction">Share of the work done, 0..1.</param>
    internal sealed record JobProgress(double Fraction, string Stage);
}
