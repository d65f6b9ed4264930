using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Datasets;

/// <summary>What an import job remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.DatasetImportJobState")]
public sealed record DatasetImportJobState : IResourceState
{
    [Id(0)] public DatasetImportJob? ImportJob { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>Rows that were imported; set when the job has ended well.</summary>
    [Id(2)] public long GoodRows { get; init; }
    /// <summary>Rows that were not, each with its reason in the quarantine file.</summary>
    [Id(3)] public long BadRows { get; init; }
    /// <summary>The quarantine file, relative to the data folder; null when every row was good.</summary>
    [Id(4)] public string? QuarantinePath { get; init; }
}
