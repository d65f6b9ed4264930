using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;
using Kindred.Operations;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Examples.Recommenders;

internal static class RecommenderRegistration
{
    /// <summary>In the product the first statement stands in <c>GrainsExtensions</c>, and what the second adds in <c>Handlers</c>.</summary>
    public static void AddRecommenders(this IServiceCollection services)
    {
        services.AddResource<RecommenderState, RecommenderOperations>()
            .Answers<CreateRecommenderRequest, CreateRecommenderResponse>((recommenders, request, caller) => recommenders.CreateAsync(request, caller))
            .Deletes<DeleteRecommenderRequest>(request => request.RecommenderArn);
        services.AddOperations(RecommenderHandlers.Add);
    }
}
