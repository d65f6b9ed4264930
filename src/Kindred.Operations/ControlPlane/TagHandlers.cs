using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Operations.ControlPlane;

/// <summary>The tags of every kind of resource that has them.</summary>
internal static class TagHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<TagResourceRequest, TagResourceResponse>();
        table.Change<UntagResourceRequest, UntagResourceResponse>();
        table.Handle<ListTagsForResourceRequest, ListTagsForResourceResponse>("ListTagsForResource", ListAsync);
    }

    private static async Task<ListTagsForResourceResponse> ListAsync(ListTagsForResourceRequest request, OperationContext context)
    {
        var (kind, arn) = context.Services.GetRequiredService<ResourceKinds>().ExpectTagged(request.ResourceArn);
        var catalog = context.Services.GetRequiredService<IResourceCatalog>();
        var state = await kind.FindAsync(catalog, arn, context.CancellationToken) ?? throw ResourceRoutes.Missing(request.ResourceArn);
        return new() { Tags = state.Origin.Tags };
    }
}
