using Kindred.Contracts.Protocol;
using Kindred.Operations;
using Kindred.Operations.ControlPlane;

namespace Kindred.Examples.Placements;

internal static class PlacementHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateRecommenderRequest, CreateRecommenderResponse>();
        table.Change<DeleteRecommenderRequest>();
        table.Describe<PlacementState, DescribeRecommenderRequest, DescribeRecommenderResponse>(
            request => request.RecommenderArn, state => new() { Recommender = Describe(state.Placement) });
        table.List<PlacementState, RecommenderSummary, ListRecommendersRequest, ListRecommendersResponse>(
            request => new(request.MaxResults, request.NextToken, request.DatasetGroupArn), state => Summarize(state.Placement),
            (placements, nextToken) => new() { Recommenders = placements, NextToken = nextToken });
    }

    private static Recommender Describe(PlacementRecord placement) => new()
    {
        Name = placement.Name, RecommenderArn = placement.Arn.ToString(), DatasetGroupArn = placement.DatasetGroupArn.ToString(),
        RecipeArn = placement.RecipeArn, CreationDateTime = placement.CreatedAt,
    };

    private static RecommenderSummary Summarize(PlacementRecord placement) => new()
    {
        Name = placement.Name, RecommenderArn = placement.Arn.ToString(), DatasetGroupArn = placement.DatasetGroupArn.ToString(),
        CreationDateTime = placement.CreatedAt,
    };
}
