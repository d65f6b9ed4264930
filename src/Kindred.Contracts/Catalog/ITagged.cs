using Kindred.Contracts.Protocol;
using Orleans.Concurrency;

namespace Kindred.Contracts.Catalog;

/// <summary>A resource of whatever kind, as one with tags. Key: the ARN.</summary>
[Alias("Kindred.ITagged")]
public interface ITagged : IGrainWithStringKey
{
    /// <returns>The tags, or null if there is no such resource.</returns>
    [ReadOnly, Alias("FindTagsAsync")]
    Task<IReadOnlyList<Tag>?> FindTagsAsync(CancellationToken cancellationToken = default);
}
