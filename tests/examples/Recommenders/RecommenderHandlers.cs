using Kindred.Contracts.Protocol;
using Kindred.Operations;
using Kindred.Operations.ControlPlane;

namespace Kindred.Examples.Recommenders;

internal static class RecommenderHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateRecommenderRequest, CreateRecommenderResponse>();
        table.Change<DeleteRecommenderRequest>();
        table.Describe<RecommenderState, DescribeRecommenderRequest, DescribeRecommenderResponse>(
            request => request.RecommenderArn, state => new() { Recommender = Describe(state.Recommender) });
        table.List<RecommenderState, RecommenderSummary, ListRecommendersRequest, ListRecommendersResponse>(
            request => new(request.MaxResults, request.NextToken, request.DatasetGroupArn), state => Summarize(state.Recommender),
            (recommenders, nextToken) => new() { Recommenders = recommenders, NextToken = nextToken });
    }

    private static Recommender Describe(RecommenderRecord recommender) => new()
    {
        Name = recommender.Name, RecommenderArn = recommender.Arn.ToString(), DatasetGroupArn = recommender.DatasetGroupArn.ToString(),
        RecipeArn = recommender.RecipeArn, CreationDateTime = recommender.CreatedAt,
    };

    private static RecommenderSummary Summarize(RecommenderRecord recommender) => new()
    {
        Name = recommender.Name, RecommenderArn = recommender.Arn.ToString(), DatasetGroupArn = recommender.DatasetGroupArn.ToString(),
        CreationDateTime = recommender.CreatedAt,
    };
}
