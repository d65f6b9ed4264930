using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Solutions;

namespace Kindred.Grains.Jobs;

/// <summary>What an attempt made. Nothing of it counts before the job's grain has published it.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.JobResult")]
internal abstract record JobResult;

[GenerateSerializer, Immutable, Alias("Kindred.ImportResult")]
internal sealed record ImportResult([property: Id(0)] string DatasetArn, [property: Id(1)] ImportPublication Publication) : JobResult;

/// <summary>A trained model, on its way into its solution version.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.TrainingResult")]
internal sealed record TrainingResult : JobResult
{
    /// <summary>Relative to the data folder.</summary>
    [Id(0)] public required string ArtifactPath { get; init; }
    [Id(1)] public required IReadOnlyDictionary<string, double> Metrics { get; init; }
    [Id(2)] public required string Rung { get; init; }
    [Id(3)] public required TimeSpan Duration { get; init; }
    [Id(4)] public string? LastImportJobArn { get; init; }
    [Id(5)] public long EventsThrough { get; init; }
    /// <summary>A quick model: the full one is to follow.</summary>
    [Id(6)] public bool MoreFollows { get; init; }
    /// <summary>The recipe that was trained, which an AutoML chose.</summary>
    [Id(7)] public required string RecipeArn { get; init; }
    /// <summary>The hyperparameters that a search found; null when none was asked for.</summary>
    [Id(8)] public IReadOnlyDictionary<string, string>? Tuned { get; init; }
    [Id(9)] public TimeSpan? QuotedDuration { get; init; }
    [Id(10)] public long? QuotedBytes { get; init; }
    [Id(11)] public string? LastItemsImportJobArn { get; init; }
    /// <summary>What the data are like, in a line; see <see cref="Contracts.Solutions.SolutionVersionState.Habit"/>.</summary>
    [Id(12)] public string? Habit { get; init; }
    [Id(13)] public IReadOnlyList<CurvePoint>? Curve { get; init; }
    [Id(14)] public IReadOnlyDictionary<string, MetricInterval>? Intervals { get; init; }
    /// <summary>See <see cref="Contracts.Solutions.SolutionVersionState.Popularity"/>.</summary>
    [Id(15)] public IReadOnlyDictionary<string, double>? Popularity { get; init; }
    [Id(16)] public IReadOnlyDictionary<string, MetricInterval>? PopularityIntervals { get; init; }
}

/// <param name="SolutionVersionArn">The version whose model has been loaded.</param>
[GenerateSerializer, Immutable, Alias("Kindred.DeployResult")]
internal sealed record DeployResult([property: Id(0)] string SolutionVersionArn) : JobResult;

/// <summary>A group's datasets without the users of a data deletion job.</summary>
/// <param name="Users">Different users in the job's list.</param>
/// <param name="LogRecords">Streamed records of them that were compacted on the way.</param>
[GenerateSerializer, Immutable, Alias("Kindred.DeletionResult")]
internal sealed record DeletionResult(
    [property: Id(0)] long Users,
    [property: Id(1)] IReadOnlyList<DeletionPublication> Publications,
    [property: Id(2)] long LogRecords,
    [property: Id(3)] long RefusedRows) : JobResult;

/// <summary>No file holds the users of a data deletion job any more.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DeletionCleanedResult")]
internal sealed record DeletionCleanedResult : JobResult;

[GenerateSerializer, Immutable, Alias("Kindred.CompactionResult")]
internal sealed record CompactionResult([property: Id(0)] IReadOnlyList<CompactionPublication> Publications) : JobResult;

/// <summary>What was written to where the client wanted it. It is there already: writing it again gives the same.</summary>
/// <param name="Records">Lines that were answered, or rows that were written.</param>
/// <param name="Refused">Lines whose answer says why there is none.</param>
/// <param name="Outputs">Names of the objects that were written; null where they follow from the request.</param>
[GenerateSerializer, Immutable, Alias("Kindred.WorkResult")]
internal sealed record WorkResult(
    [property: Id(0)] long Records, [property: Id(1)] long Refused, [property: Id(2)] IReadOnlyList<string>? Outputs = null) : JobResult;
