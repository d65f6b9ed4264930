using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Grains.Resources;

/// <summary>Changing the tags of every kind of resource that has them; runs on the tenant's turn.</summary>
internal sealed class TagOperations(IGrainFactory grains, ResourceKinds kinds, IResourceCatalog catalog)
{
    public async Task<TagResourceResponse> AddAsync(TagResourceRequest request, Caller caller)
    {
        var (resource, tags) = await FindAsync(request.ResourceArn, caller);
        await resource.SetTagsAsync(TagRules.Merge(tags, request.Tags));
        return new TagResourceResponse();
    }

    public async Task<UntagResourceResponse> RemoveAsync(UntagResourceRequest request, Caller caller)
    {
        var (resource, tags) = await FindAsync(request.ResourceArn, caller);
        await resource.SetTagsAsync(TagRules.Remove(tags, request.TagKeys));
        return new UntagResourceResponse();
    }

    private async Task<(ITaggable Resource, IReadOnlyList<Tag> Tags)> FindAsync(string text, Caller caller)
    {
        var (kind, arn) = kinds.ExpectTagged(text);
        var state = await kind.FindAsync(catalog, caller.Own(arn), CancellationToken.None) ?? throw Refuse.NotFound(arn);
        return (grains.GetGrain<ITaggable>(GrainId.Create(kind.GrainType, arn.ToString())), state.Origin.Tags);
    }
}
