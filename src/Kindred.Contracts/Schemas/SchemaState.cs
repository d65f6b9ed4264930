using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Schemas;

/// <summary>What a schema remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.SchemaState")]
public sealed record SchemaState : IResourceState<SchemaState>
{
    public static ResourceKind<SchemaState> Kind { get; } = new() { Noun = "schema", ArnType = ResourceTypes.Schema, HasTags = false };

    [Id(0)] public required SchemaRecord Schema { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();

    [JsonIgnore] public Arn Arn => Schema.Arn;
    [JsonIgnore] public string Status => ResourceStatus.Active;
    public SchemaState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>The columns of a dataset; never changed once made.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.SchemaRecord")]
public sealed record SchemaRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("schemaArn")] public required Arn Arn { get; init; }
    /// <summary>The Avro document, as the client gave it.</summary>
    [Id(2), JsonPropertyName("schema")] public required string Document { get; init; }
    /// <summary>Null for a schema of a custom dataset group.</summary>
    [Id(3)] public string? Domain { get; init; }
    [Id(4), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(5), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}
