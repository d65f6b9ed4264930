using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Datasets;

/// <summary>What a dataset group remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetGroupState")]
public sealed record DatasetGroupState : IResourceState
{
    [Id(0)] public DatasetGroup? DatasetGroup { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>Of the <see cref="ChangedSubject.DatasetGroup"/>; 0 in what an older release stored.</summary>
    [Id(2)] public long Number { get; init; }
    /// <summary>The first number of this group; 0 in what an older release stored.</summary>
    [Id(3)] public long MadeAs { get; init; }
}
