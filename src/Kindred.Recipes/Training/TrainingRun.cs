using Kindred.Recipes.Checkpoints;

namespace Kindred.Recipes.Training;

/// <summary>How one training runs: everything that is not data or a hyperparameter.</summary>
/// <param name="Seed">Seed of every random choice.</param>
/// <param name="Threads">Number of threads that compute, the caller's included; at least 1. Never changes the result.</param>
/// <param name="Progress">Hears about progress, from any of the threads.</param>
/// <param name="CancellationToken">Honoured within about 100 ms.</param>
public sealed record TrainingRun(
    int Seed,
    int Threads = 1,
    IProgress<TrainingProgress>? Progress = null,
    CancellationToken CancellationToken = default)
{
    /// <summary>How far up the ladder of members to climb.</summary>
    public TrainingEffort Effort { get; init; }

    /// <summary>Where long trainings leave checkpoints and go on from them; null = nowhere.</summary>
    public CheckpointFolder? Checkpoints { get; init; }

    public int Threads { get; } = Threads >= 1
        ? Threads
        : throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "A training needs at least one thread.");

    /// <summary>Reports <paramref name="fraction"/> (0..1) of the work done, and stops here when the run was cancelled.</summary>
    public void Report(double fraction, string stage, TrainingPoint? point = null)
    {
        CancellationToken.ThrowIfCancellationRequested();
        Progress?.Report(new TrainingProgress(fraction, stage, point));
    }

    /// <summary>The same run, its progress mapped onto a part of this one's.</summary>
    public TrainingRun Part(double from, double to) =>
        this with { Progress = Progress is null ? null : new PartialProgress(Progress, from, to) };

    private sealed class PartialProgress(IProgress<TrainingProgress> whole, double from, double to) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            whole.Report(value with { Fraction = from + (to - from) * Math.Clamp(value.Fraction, 0, 1) });
    }
}
