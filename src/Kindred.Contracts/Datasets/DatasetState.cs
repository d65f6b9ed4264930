using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Schemas;

namespace Kindred.Contracts.Datasets;

/// <summary>What a dataset remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetState")]
public sealed record DatasetState : IResourceState<DatasetState>
{
    public static ResourceKind<DatasetState> Kind { get; } = new()
    {
        Noun = "dataset", ArnType = ResourceTypes.Dataset, IsNested = true,
        Parent = DatasetGroupState.Kind, ParentOf = state => state.Dataset.DatasetGroupArn,
        Uses =
        [
            new()
            {
                Of = SchemaState.Kind, Holds = (state, schema) => state.Dataset.SchemaArn == schema,
                Sentence = (state, schema) => $"The schema {schema} is used by the dataset {state.Arn}.",
            },
            new()
            {
                Of = DatasetGroupState.Kind, Holds = (state, group) => state.Dataset.DatasetGroupArn == group,
                Sentence = (state, group) => $"The dataset group {group} has a dataset: {state.Arn}.",
            },
        ],
    };

    [Id(0)] public required DatasetRecord Dataset { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>The published data; replaced as a whole, by one write, when a job publishes.</summary>
    [Id(2)] public required DatasetData Data { get; init; }
    /// <summary>The import that was published last; publishing it again changes nothing.</summary>
    [Id(3)] public ImportPublication? LastImport { get; init; }
    /// <summary>The data deletion that was published last; publishing it again changes nothing.</summary>
    [Id(4)] public DatasetDeletion? LastDeletion { get; init; }

    [JsonIgnore] public Arn Arn => Dataset.Arn;
    [JsonIgnore] public string Status => Dataset.Status;
    public DatasetState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>One type of data of a dataset group.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetRecord")]
public sealed record DatasetRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("datasetArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn DatasetGroupArn { get; init; }
    /// <summary>One of <see cref="DatasetTypes"/>.</summary>
    [Id(3)] public required string DatasetType { get; init; }
    [Id(4)] public required Arn SchemaArn { get; init; }
    [Id(5)] public required string Status { get; init; }
    [Id(6), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(7), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>The newest change of the schema; null before there was one.</summary>
    [Id(8), JsonPropertyName("latestDatasetUpdate")] public DatasetUpdateRecord? LatestUpdate { get; init; }
    /// <summary>What clients send with action interactions: a UUID; null for datasets of other types.</summary>
    [Id(9)] public string? TrackingId { get; init; }
}

/// <summary>A change of a dataset's schema.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetUpdateRecord")]
public sealed record DatasetUpdateRecord
{
    [Id(0)] public required Arn SchemaArn { get; init; }
    [Id(1)] public required string Status { get; init; }
    [Id(2), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(3), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}
