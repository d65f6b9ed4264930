using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;
using Kindred.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Examples.Filters;

internal static class FilterRegistration
{
    /// <summary>In the product the first statement stands in <c>GrainsExtensions</c>, and what the second adds in <c>Handlers</c>.</summary>
    public static void AddFilters(this IServiceCollection services)
    {
        services.AddResource<FilterState, FilterOperations>()
            .Answers<CreateFilterRequest, CreateFilterResponse>((filters, request, caller) => filters.CreateAsync(request, caller))
            .Deletes<DeleteFilterRequest>(request => request.FilterArn);
        services.AddOperations(FilterHandlers.Add);
    }
}
