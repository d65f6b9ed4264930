using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Datasets;

/// <summary>What a dataset group remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetGroupState")]
public sealed record DatasetGroupState : IResourceState<DatasetGroupState>
{
    public static ResourceKind<DatasetGroupState> Kind { get; } = new() { Noun = "dataset group", ArnType = ResourceTypes.DatasetGroup };

    [Id(0)] public required DatasetGroupRecord DatasetGroup { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>Of the <see cref="ChangedSubject.DatasetGroup"/>; 0 in what an older release stored.</summary>
    [Id(2)] public long Number { get; init; }
    /// <summary>The first number of this group; 0 in what an older release stored.</summary>
    [Id(3)] public long MadeAs { get; init; }

    [JsonIgnore] public Arn Arn => DatasetGroup.Arn;
    [JsonIgnore] public string Status => DatasetGroup.Status;
    public DatasetGroupState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>The wall around one application's data.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetGroupRecord")]
public sealed record DatasetGroupRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("datasetGroupArn")] public required Arn Arn { get; init; }
    [Id(2)] public required string Status { get; init; }
    [Id(3)] public string? RoleArn { get; init; }
    [Id(4)] public string? KmsKeyArn { get; init; }
    /// <summary>Null for a custom group.</summary>
    [Id(5)] public string? Domain { get; init; }
    [Id(6), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(7), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}
