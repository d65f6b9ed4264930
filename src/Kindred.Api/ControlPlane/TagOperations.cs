using Kindred.Api.Operations;
using Kindred.Contracts.Protocol;

namespace Kindred.Api.ControlPlane;

internal static class TagOperations
{
    public static void AddTagOperations(this OperationTable table)
    {
        table.Handle<TagResourceRequest, TagResourceResponse>("TagResource", (request, context) => context.Tenant().TagResourceAsync(request, context.Caller));
        table.Handle<UntagResourceRequest, UntagResourceResponse>("UntagResource", (request, context) => context.Tenant().UntagResourceAsync(request, context.Caller));
        table.Handle<ListTagsForResourceRequest, ListTagsForResourceResponse>(
            "ListTagsForResource", (request, context) => context.Tenant().ListTagsForResourceAsync(request, context.Caller));
    }
}
