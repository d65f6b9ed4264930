using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Grains.Resources;

/// <summary>A resource whose tags change. Only the tenant's grain calls it.</summary>
[Alias("Kindred.ITaggable")]
internal interface ITaggable : IGrainWithStringKey
{
    [Alias("SetTagsAsync")]
    Task SetTagsAsync(IReadOnlyList<Tag> tags);
}
