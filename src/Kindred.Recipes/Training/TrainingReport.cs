namespace Kindred.Recipes.Training;

/// <summary>What a training did.</summary>
public sealed record TrainingReport
{
    /// <summary>The service's metrics, keyed as GetSolutionMetrics names them.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Users with at least one interaction that counted.</summary>
    public required int Users { get; init; }

    /// <summary>Items with at least one interaction that counted.</summary>
    public required int Items { get; init; }

    /// <summary>Interactions that counted.</summary>
    public required int Interactions { get; init; }

    /// <summary><see cref="ITrainedModel.Rung"/> of the published model.</summary>
    public required string Rung { get; init; }

    public required TimeSpan Duration { get; init; }
    public required long ArtifactBytes { get; init; }
}
