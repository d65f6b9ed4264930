namespace Kindred.Grains.Jobs;

/// <summary>When an attempt gives a sign of life: soon after it has got further, and every few seconds even when it has not.</summary>
/// <param name="run">The attempt.</param>
/// <param name="beat">Sends one heartbeat; never throws.</param>
/// <param name="clock">The time.</param>
internal sealed class JobPulse(JobRun run, Func<JobRun, Task> beat, TimeProvider clock)
{
    /// <summary>How often <see cref="Tick"/> wants to be called.</summary>
    public static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250); // recipes report hundreds of times a second

    private int _beating;
    private long _last;
    private JobRun.JobProgress? _sent;

    public void Hear(JobRun.JobProgress progress) => BeatAfter(Pause);

    public void Tick() => BeatAfter(ReferenceEquals(_sent, run.Progress) ? Period : Pause);

    private void BeatAfter(TimeSpan pause)
    {
        var last = Volatile.Read(ref _last);
        if (last != 0 && clock.GetElapsedTime(last) < pause || Interlocked.Exchange(ref _beating, 1) == 1) return;
        Volatile.Write(ref _last, clock.GetTimestamp());
        _sent = run.Progress;
        // The thread that reports goes on computing for hours: what follows the call must not wait for it.
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            _ = BeatAsync();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private async Task BeatAsync()
    {
        await beat(run).ConfigureAwait(false);
        Volatile.Write(ref _beating, 0);
    }
}
