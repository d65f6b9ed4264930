using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Solutions;

/// <summary>What a solution version remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.SolutionVersionState")]
public sealed record SolutionVersionState : IResourceState
{
    [Id(0)] public SolutionVersion? Version { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>1 for a solution's first version, and one more for each later one.</summary>
    [Id(2)] public long Sequence { get; init; }
    /// <summary>The model artifact, relative to the data folder; null before the version is ACTIVE.</summary>
    [Id(3)] public string? ArtifactPath { get; init; }
    /// <summary>Quality on held-out users; null before the version is ACTIVE.</summary>
    [Id(4)] public IReadOnlyDictionary<string, double>? Metrics { get; init; }
    /// <summary>The newest import of interactions that was trained on; null when only streamed events were.</summary>
    [Id(5)] public string? LastImportJobArn { get; init; }
    /// <summary>Which streamed events were trained on: those below this log position.</summary>
    [Id(6)] public long EventsThrough { get; init; }
    /// <summary>Which models the version is made of, such as <c>item-kNN + popularity</c>; null before it is ACTIVE.</summary>
    [Id(7)] public string? Rung { get; init; }
    [Id(8)] public Refinement Refinement { get; init; }
    /// <summary>Why the refinement failed; null when it did not.</summary>
    [Id(9)] public string? RefinementFailure { get; init; }
    /// <summary>What one training of the model that serves was expected to take, told from the size of the data; null before it is ACTIVE.</summary>
    [Id(10)] public TimeSpan? QuotedDuration { get; init; }
    /// <summary>Likewise its memory at the peak, in bytes.</summary>
    [Id(11)] public long? QuotedBytes { get; init; }
    /// <summary>The version that this one goes on from; null when it was trained from nothing.</summary>
    [Id(12)] public string? UpdatesVersionArn { get; init; }
    /// <summary>Whether the refinement that is under way is an incremental update of the model that serves.</summary>
    [Id(13)] public bool IsUpdating { get; init; }
    /// <summary>Incremental updates that the model has had.</summary>
    [Id(14)] public int Updates { get; init; }
    /// <summary>The newest import of items that was trained on; null when there was none.</summary>
    [Id(15)] public string? LastItemsImportJobArn { get; init; }
}
