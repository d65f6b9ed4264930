using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Datasets;

/// <summary>What an import job remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetImportJobState")]
public sealed record DatasetImportJobState : IResourceState<DatasetImportJobState>
{
    public static ResourceKind<DatasetImportJobState> Kind { get; } = new()
    {
        Noun = "dataset import job", ArnType = ResourceTypes.DatasetImportJob,
        Parent = DatasetState.Kind, ParentOf = state => state.ImportJob.DatasetArn,
        Uses =
        [
            new()
            {
                Of = DatasetState.Kind,
                Holds = (state, dataset) => state.ImportJob.DatasetArn == dataset && ResourceStatus.IsUnfinished(state.Status),
                Sentence = (state, dataset) => $"The import job {state.Arn} into the dataset {dataset} has not ended.",
            },
        ],
    };

    [Id(0)] public required ImportJobRecord ImportJob { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>Rows that were imported; set when the job has ended well.</summary>
    [Id(2)] public long GoodRows { get; init; }
    /// <summary>Rows that were not, each with its reason in the quarantine file.</summary>
    [Id(3)] public long BadRows { get; init; }
    /// <summary>The quarantine file, relative to the data folder; null when every row was good.</summary>
    [Id(4)] public string? QuarantinePath { get; init; }

    [JsonIgnore] public Arn Arn => ImportJob.Arn;
    [JsonIgnore] public string Status => ImportJob.Status;
    public DatasetImportJobState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>One bulk import.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.ImportJobRecord")]
public sealed record ImportJobRecord
{
    [Id(0), JsonPropertyName("jobName")] public required string Name { get; init; }
    [Id(1), JsonPropertyName("datasetImportJobArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn DatasetArn { get; init; }
    [Id(3), JsonPropertyName("dataSource")] public required ImportSource Source { get; init; }
    [Id(4)] public string? RoleArn { get; init; }
    /// <summary><c>FULL</c> or <c>INCREMENTAL</c>.</summary>
    [Id(5)] public required string ImportMode { get; init; }
    [Id(6)] public bool? PublishAttributionMetricsToS3 { get; init; }
    [Id(7)] public required string Status { get; init; }
    [Id(8)] public string? FailureReason { get; init; }
    [Id(9), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(10), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Where an import reads.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.ImportSource")]
public sealed record ImportSource
{
    /// <summary><c>s3://</c> or <c>file://</c>; one object, or all of a folder.</summary>
    [Id(0), JsonPropertyName("dataLocation")] public required string Location { get; init; }
}
