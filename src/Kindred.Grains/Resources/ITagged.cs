using Kindred.Contracts.Protocol;
using Orleans.Concurrency;

namespace Kindred.Grains.Resources;

/// <summary>A resource with tags.</summary>
[Alias("Kindred.ITagged")]
internal interface ITagged : IGrainWithStringKey
{
    /// <returns>The tags, or null if there is no such resource.</returns>
    [ReadOnly, Alias("FindTagsAsync")]
    Task<IReadOnlyList<Tag>?> FindTagsAsync();

    [Alias("SetTagsAsync")]
    Task SetTagsAsync(IReadOnlyList<Tag> tags);
}
