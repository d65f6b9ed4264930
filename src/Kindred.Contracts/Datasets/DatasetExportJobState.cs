using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Batches;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Datasets;

/// <summary>What an export job remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetExportJobState")]
public sealed record DatasetExportJobState : IJobResourceState<DatasetExportJobState>
{
    public static ResourceKind<DatasetExportJobState> Kind { get; } = new()
    {
        Noun = "dataset export job", ArnType = ResourceTypes.DatasetExportJob,
        Parent = DatasetState.Kind, ParentOf = state => state.ExportJob.DatasetArn,
        Uses =
        [
            new()
            {
                Of = DatasetState.Kind,
                Holds = (state, dataset) => state.ExportJob.DatasetArn == dataset && ResourceStatus.IsUnfinished(state.Status),
                Sentence = (state, dataset) => $"The export job {state.Arn} of the dataset {dataset} has not ended.",
            },
        ],
    };

    [Id(0)] public required ExportJobRecord ExportJob { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>Rows that were written; set when the job has ended well.</summary>
    [Id(2)] public long Rows { get; init; }

    [JsonIgnore] public Arn Arn => ExportJob.Arn;
    [JsonIgnore] public string Status => ExportJob.Status;
    public DatasetExportJobState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };

    public DatasetExportJobState Moved(string status, string? failureReason, DateTimeOffset now) =>
        this with { ExportJob = ExportJob with { Status = status, FailureReason = failureReason, UpdatedAt = now } };

    public DatasetExportJobState Counted(long records, long refused, IReadOnlyList<string>? outputs) => this with { Rows = records };
}

/// <summary>One export of a dataset's rows.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.ExportJobRecord")]
public sealed record ExportJobRecord
{
    [Id(0), JsonPropertyName("jobName")] public required string Name { get; init; }
    [Id(1), JsonPropertyName("datasetExportJobArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn DatasetArn { get; init; }
    /// <summary>One of <see cref="IngestionModes"/>.</summary>
    [Id(3)] public required string IngestionMode { get; init; }
    [Id(4)] public string? RoleArn { get; init; }
    [Id(5)] public required ObjectLocation Output { get; init; }
    [Id(6)] public required string Status { get; init; }
    [Id(7)] public string? FailureReason { get; init; }
    [Id(8), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(9), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Which rows of a dataset are meant, by how they came in.</summary>
public static class IngestionModes
{
    /// <summary>Those of import jobs.</summary>
    public const string Bulk = "BULK";
    /// <summary>Those that were streamed.</summary>
    public const string Put = "PUT";
    public const string All = "ALL";
}
