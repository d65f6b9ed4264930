using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;
using Kindred.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Examples.Placements;

internal static class PlacementRegistration
{
    /// <summary>In the product the first statement stands in <c>GrainsExtensions</c>, and what the second adds in <c>Handlers</c>.</summary>
    public static void AddPlacements(this IServiceCollection services)
    {
        services.AddResource<PlacementState, PlacementOperations>()
            .Answers<CreateRecommenderRequest, CreateRecommenderResponse>((placements, request, caller) => placements.CreateAsync(request, caller))
            .Deletes<DeleteRecommenderRequest>(request => request.RecommenderArn);
        services.AddOperations(PlacementHandlers.Add);
    }
}
