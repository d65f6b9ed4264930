using System.Diagnostics.CodeAnalysis;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;

namespace Kindred.Grains.Jobs;

/// <summary>One attempt at a job in this process: waiting for a thread, or on it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "No timer and no wait handle, and a cancel may come while the run ends.")]
/// <param name="queuedAt">A timestamp of the executor's clock.</param>
internal sealed class JobRun(JobOrder order, long queuedAt = 0)
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _gate = new();
    private volatile JobProgress _progress = new(0, "waiting");
    private volatile IReadOnlyList<CurvePoint> _curve = [];
    private volatile JobEnding _ending;

    public Arn Resource { get; } = Arn.Parse(order.Resource);
    public JobKind Kind => order.Kind;
    public int Attempt => order.Attempt;
    public JobLane Lane => order.Lane;
    public long QueuedAt => queuedAt;
    public JobTerms Terms => order.Terms;
    public CancellationToken CancellationToken => _cancellation.Token;
    public JobProgress Progress => _progress;
    /// <summary>Empty where the job trains nothing that is measured meanwhile.</summary>
    public IReadOnlyList<CurvePoint> Curve => _curve;

    /// <summary>Hears every report, on the thread that makes it.</summary>
    public Action<JobProgress>? Reported { get; set; }

    public JobEnding Ending => _ending;

    /// <param name="point">The next of the learning curve; null when there is none. Reported by one thread at a time.</param>
    public void Report(double fraction, string stage, CurvePoint? point = null)
    {
        if (point is not null) _curve = LearningCurve.With(_curve, point);
        var progress = new JobProgress(Math.Clamp(fraction, 0, 1), stage);
        _progress = progress;
        Reported?.Invoke(progress);
    }

    /// <summary>Asks the attempt to end; the runner sees its <see cref="CancellationToken"/> cancelled.</summary>
    public void End(JobEnding why)
    {
        lock (_gate)
        {
            if (why > _ending) _ending = why;
        }
        _ = _cancellation.CancelAsync(); // what hangs on the token runs on threads of its own: the caller may hold a lock
    }

    /// <param name="Fraction">Share of the work done, 0..1.</param>
    internal sealed record JobProgress(double Fraction, string Stage);
}
