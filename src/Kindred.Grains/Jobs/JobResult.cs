using Kindred.Contracts.Datasets;

namespace Kindred.Grains.Jobs;

/// <summary>What an attempt made. Nothing of it counts before the job's grain has published it.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.JobResult")]
internal abstract record JobResult;

[GenerateSerializer, Immutable, Alias("Kindred.ImportResult")]
internal sealed record ImportResult([property: Id(0)] string DatasetArn, [property: Id(1)] ImportPublication Publication) : JobResult;

/// <param name="ArtifactPath">Relative to the data folder.</param>
[GenerateSerializer, Immutable, Alias("Kindred.TrainingResult")]
internal sealed record TrainingResult(
    [property: Id(0)] string ArtifactPath,
    [property: Id(1)] IReadOnlyDictionary<string, double> Metrics,
    [property: Id(2)] string Rung,
    [property: Id(3)] TimeSpan Duration,
    [property: Id(4)] string? LastImportJobArn,
    [property: Id(5)] long EventsThrough) : JobResult;

/// <param name="SolutionVersionArn">The version whose model has been loaded.</param>
[GenerateSerializer, Immutable, Alias("Kindred.DeployResult")]
internal sealed record DeployResult([property: Id(0)] string SolutionVersionArn) : JobResult;

[GenerateSerializer, Immutable, Alias("Kindred.CompactionResult")]
internal sealed record CompactionResult([property: Id(0)] IReadOnlyList<CompactionPublication> Publications) : JobResult;
