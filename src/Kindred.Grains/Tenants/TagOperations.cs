using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Tenants;

/// <summary>The tags of every kind of resource that has them.</summary>
internal sealed class TagOperations(IGrainFactory grains)
{
    private static readonly string[] Taggable =
        [
            ResourceTypes.DatasetGroup, ResourceTypes.Dataset, ResourceTypes.DatasetImportJob,
            ResourceTypes.Solution, ResourceTypes.Campaign, ResourceTypes.EventTracker
        ];

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

    public async Task<ListTagsForResourceResponse> ListAsync(ListTagsForResourceRequest request, Caller caller)
    {
        var (_, tags) = await FindAsync(request.ResourceArn, caller);
        return new ListTagsForResourceResponse { Tags = tags };
    }

    private async Task<(ITagged Resource, IReadOnlyList<Tag> Tags)> FindAsync(string text, Caller caller)
    {
        if (!Arn.TryParse(text, out var arn) || !Taggable.Contains(arn.Type))
            throw Refuse.Invalid($"'{text}' is not the ARN of a resource that has tags.");
        caller.Own(text, arn.Type);
        // The type of an ARN is the grain type, but for a solution version, which lives under its solution's name.
        var grainType = arn.Type is ResourceTypes.Solution && arn.Name.Contains('/') ? "solution-version" : arn.Type;
        var resource = grains.GetGrain<ITagged>(GrainId.Create(grainType, text));
        return (resource, await resource.FindTagsAsync() ?? throw Refuse.NotFound(text));
    }
}
