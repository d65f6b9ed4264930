using Kindred.Recipes.Catalog;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Training;

/// <summary>What a training did.</summary>
public sealed record TrainingReport
{
    /// <summary>Name of the recipe that was trained, which an AutoML chose.</summary>
    public required string Recipe { get; init; }

    /// <summary>What it was trained with, which a search found.</summary>
    public required RecipeSettings Settings { get; init; }

    /// <summary>The service's metrics, keyed as GetSolutionMetrics names them.</summary>
    public IReadOnlyDictionary<string, double> Metrics => Estimates.ToDictionary(metric => metric.Key, metric => metric.Value.Value);

    /// <summary>The same with 95 % confidence intervals; one that is not a mean over users is an interval without width.</summary>
    public required IReadOnlyDictionary<string, MetricEstimate> Estimates { get; init; }

    /// <summary>What popularity alone reaches with the same users; null where the recipe is not for users.</summary>
    public IReadOnlyDictionary<string, MetricEstimate>? Popularity { get; init; }

    /// <summary>Users with at least one interaction that counted.</summary>
    public required int Users { get; init; }

    /// <summary>Items with at least one interaction that counted.</summary>
    public required int Items { get; init; }

    /// <summary>Interactions that counted.</summary>
    public required int Interactions { get; init; }

    /// <summary>Whether users come back to what they have met, and whether rows are baskets.</summary>
    public required DataHabit Habit { get; init; }

    /// <summary><see cref="ITrainedModel.Rung"/> of the published model.</summary>
    public required string Rung { get; init; }

    /// <summary>Searching, training, measuring and writing, in this process and in those that died before it.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What one training was expected to take.</summary>
    public required TrainingQuote Quote { get; init; }

    public required long ArtifactBytes { get; init; }
}
