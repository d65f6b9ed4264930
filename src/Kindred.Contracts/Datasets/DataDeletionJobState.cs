using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Datasets;

/// <summary>What a data deletion job remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DataDeletionJobState")]
public sealed record DataDeletionJobState : IResourceState<DataDeletionJobState>
{
    public static ResourceKind<DataDeletionJobState> Kind { get; } = new()
    {
        Noun = "data deletion job", ArnType = ResourceTypes.DataDeletionJob,
        Parent = DatasetGroupState.Kind, ParentOf = state => state.DeletionJob.DatasetGroupArn,
    };

    [Id(0)] public required DeletionJobRecord DeletionJob { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>Streamed records at or above this log position came after the job began, and stay; null before it begins.</summary>
    [Id(2)] public long? EventsBefore { get; init; }
    /// <summary>What was taken out; null until no dataset names it any more. The job ends when no file holds it either.</summary>
    [Id(3)] public DeletionReceipt? Receipt { get; init; }

    [JsonIgnore] public Arn Arn => DeletionJob.Arn;
    [JsonIgnore] public string Status => DeletionJob.Status;
    public DataDeletionJobState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>One request to forget users.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DeletionJobRecord")]
public sealed record DeletionJobRecord
{
    [Id(0), JsonPropertyName("jobName")] public required string Name { get; init; }
    [Id(1), JsonPropertyName("dataDeletionJobArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn DatasetGroupArn { get; init; }
    [Id(3), JsonPropertyName("dataSource")] public required ImportSource Source { get; init; }
    [Id(4)] public string? RoleArn { get; init; }
    [Id(5)] public required string Status { get; init; }
    [Id(6)] public string? FailureReason { get; init; }
    [Id(7), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(8), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What a data deletion job has removed, in numbers: it names no user.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DeletionReceipt")]
public sealed record DeletionReceipt
{
    /// <summary>Most ARNs that each of the lists below holds.</summary>
    public const int MostListed = 1000;

    /// <summary>Different users in the job's list.</summary>
    [Id(0)] public required long Users { get; init; }
    /// <summary>One for each dataset of the group.</summary>
    [Id(1)] public required IReadOnlyList<DatasetDeletion> Datasets { get; init; }
    /// <summary>Streamed records of these users that had not reached a dataset's files yet. Their rows are counted with the datasets too.</summary>
    [Id(2)] public long LogRecords { get; init; }
    /// <summary>Rows of these users in the reports of what imports refused.</summary>
    [Id(3)] public long RefusedRows { get; init; }
    /// <summary>Versions whose training began anew, on what is left; the first <see cref="MostListed"/>.</summary>
    [Id(4)] public IReadOnlyList<Arn> RestartedTrainings { get; init; } = [];
    /// <summary>Versions whose models were trained on data of before; the first <see cref="MostListed"/>.</summary>
    [Id(5)] public IReadOnlyList<Arn> TrainedBefore { get; init; } = [];

    /// <summary>Rows of all datasets.</summary>
    [JsonIgnore] public long Rows => Datasets.Sum(static dataset => dataset.Rows);
}
