using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

internal static class TagHandlers
{
    public static void AddTagHandlers(this OperationTable table)
    {
        table.Handle<TagResourceRequest, TagResourceResponse>(
            "TagResource", (request, context) => context.Tenant().TagResourceAsync(request, context.Caller));
        table.Handle<UntagResourceRequest, UntagResourceResponse>(
            "UntagResource", (request, context) => context.Tenant().UntagResourceAsync(request, context.Caller));
        table.Handle<ListTagsForResourceRequest, ListTagsForResourceResponse>(
            "ListTagsForResource", (request, context) => context.Tenant().ListTagsForResourceAsync(request, context.Caller));
    }
}
