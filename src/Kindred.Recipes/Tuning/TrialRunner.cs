using System.Diagnostics;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tuning;

/// <summary>Trains on all but the held-out users, measures on them, and stops when the budget is used up.</summary>
internal sealed class TrialRunner(Holdout holdout, TimeSpan? budget)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>What is left of the budget; null = no end.</summary>
    public TimeSpan? Remaining => budget - Stopwatch.GetElapsedTime(_started);

    public bool IsOver => Remaining <= TimeSpan.Zero;

    /// <exception cref="OperationCanceledException">
    /// The run was cancelled. The end of the budget is not an exception but a trial without a score.
    /// </exception>
    public Outcome Run(IRecipe recipe, RecipeSettings settings, TrainingRun run)
    {
        var started = Stopwatch.GetTimestamp();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(run.CancellationToken);
        if (Remaining is { } remaining)
            end.CancelAfter(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
        var bounded = run with { CancellationToken = end.Token };
        ITrainedModel? model = null;
        try
        {
            model = recipe.Train(holdout.Training, settings, bounded);
            var gains = holdout.Measure(model, bounded);
            var score = gains.Length == 0 ? 0 : gains.Average(gain => (double)gain);
            return new Outcome(Describe(score, model.Rung), gains, model);
        }
        catch (OperationCanceledException) when (!run.CancellationToken.IsCancellationRequested)
        {
            model?.Dispose();
            return new Outcome(Describe(null, null), [], null);
        }

        Trial Describe(double? score, string? rung) => new()
        {
            Recipe = recipe.Description.Name, Settings = settings, Score = score, Rung = rung, Duration = Stopwatch.GetElapsedTime(started),
        };
    }

    /// <param name="Trial">What is told of it.</param>
    /// <param name="Gains">Gain of each held-out user; empty when stopped.</param>
    /// <param name="Model">What was trained; null when stopped.</param>
    public sealed record Outcome(Trial Trial, float[] Gains, ITrainedModel? Model);
}
