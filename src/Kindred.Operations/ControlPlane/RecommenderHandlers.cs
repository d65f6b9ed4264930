using Kindred.Contracts.Protocol;
using Kindred.Contracts.Recommenders;

namespace Kindred.Operations.ControlPlane;

internal static class RecommenderHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateRecommenderRequest, CreateRecommenderResponse>();
        table.Change<UpdateRecommenderRequest, UpdateRecommenderResponse>();
        table.Change<StartRecommenderRequest, StartRecommenderResponse>();
        table.Change<StopRecommenderRequest, StopRecommenderResponse>();
        table.Change<DeleteRecommenderRequest>();
        table.Describe<RecommenderState, DescribeRecommenderRequest, DescribeRecommenderResponse>(
            request => request.RecommenderArn, state => new() { Recommender = Describe(state) });
        table.List<RecommenderState, RecommenderSummary, ListRecommendersRequest, ListRecommendersResponse>(
            request => new(request.MaxResults, request.NextToken, request.DatasetGroupArn), state => Summarize(state.Recommender),
            (recommenders, nextToken) => new() { Recommenders = recommenders, NextToken = nextToken });
    }

    private static Recommender Describe(RecommenderState state)
    {
        var recommender = state.Recommender;
        return new()
        {
            RecommenderArn = recommender.Arn.ToString(),
            DatasetGroupArn = recommender.DatasetGroupArn.ToString(),
            Name = recommender.Name,
            RecipeArn = recommender.RecipeArn,
            RecommenderConfig = recommender.Config,
            CreationDateTime = recommender.CreatedAt,
            LastUpdatedDateTime = recommender.UpdatedAt,
            Status = recommender.Status,
            FailureReason = recommender.FailureReason,
            LatestRecommenderUpdate = recommender.LatestUpdate is { } update ? Describe(update) : null,
            ModelMetrics = state.Model?.Metrics,
        };
    }

    private static RecommenderUpdateSummary Describe(RecommenderUpdateRecord update) => new()
    {
        RecommenderConfig = update.Config,
        CreationDateTime = update.CreatedAt,
        LastUpdatedDateTime = update.UpdatedAt,
        Status = update.Status,
        FailureReason = update.FailureReason,
    };

    private static RecommenderSummary Summarize(RecommenderRecord recommender) => new()
    {
        Name = recommender.Name,
        RecommenderArn = recommender.Arn.ToString(),
        DatasetGroupArn = recommender.DatasetGroupArn.ToString(),
        RecipeArn = recommender.RecipeArn,
        RecommenderConfig = recommender.Config,
        Status = recommender.Status,
        CreationDateTime = recommender.CreatedAt,
        LastUpdatedDateTime = recommender.UpdatedAt,
    };
}
