using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Operations.ControlPlane;

internal static class SolutionHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateSolutionRequest, CreateSolutionResponse>();
        table.Change<UpdateSolutionRequest, UpdateSolutionResponse>();
        table.Change<DeleteSolutionRequest>();
        table.Handle<DescribeSolutionRequest, DescribeSolutionResponse>("DescribeSolution", DescribeAsync);
        table.List<SolutionState, SolutionSummary, ListSolutionsRequest, ListSolutionsResponse>(
            request => new(request.MaxResults, request.NextToken, request.DatasetGroupArn), state => Summarize(state.Solution),
            (solutions, nextToken) => new() { Solutions = solutions, NextToken = nextToken });
    }

    /// <summary>What a solution has come to, its versions say.</summary>
    private static async Task<DescribeSolutionResponse> DescribeAsync(DescribeSolutionRequest request, OperationContext context)
    {
        var solution = (await context.FindAsync<SolutionState>(request.SolutionArn)).Solution;
        var catalog = context.Services.GetRequiredService<IResourceCatalog>();
        var versions = await catalog.ScanChildrenAsync<SolutionVersionState>(solution.Arn, context.CancellationToken)
            .OrderBy(version => version.Sequence).ToListAsync(context.CancellationToken);
        var chosenBy = versions.FindLast(version => version.Status is ResourceStatus.Active);
        return new()
        {
            Solution = Describe(solution) with
            {
                LatestSolutionVersion = versions.Count == 0 ? null : SolutionVersionHandlers.Summarize(versions[^1].Version),
                AutoMLResult = solution.PerformAutoML && chosenBy is not null ? new() { BestRecipeArn = chosenBy.Version.RecipeArn } : null,
            },
        };
    }

    private static Solution Describe(SolutionRecord solution) => new()
    {
        Name = solution.Name,
        SolutionArn = solution.Arn.ToString(),
        DatasetGroupArn = solution.DatasetGroupArn.ToString(),
        RecipeArn = solution.RecipeArn,
        PerformHPO = solution.PerformHPO,
        PerformAutoML = solution.PerformAutoML,
        PerformAutoTraining = solution.PerformAutoTraining,
        PerformIncrementalUpdate = solution.PerformIncrementalUpdate,
        EventType = solution.EventType,
        SolutionConfig = Describe(solution.Config),
        Status = solution.Status,
        CreationDateTime = solution.CreatedAt,
        LastUpdatedDateTime = solution.UpdatedAt,
        LatestSolutionUpdate = solution.LatestUpdate is { } update ? Describe(update) : null,
    };

    private static SolutionUpdateSummary Describe(SolutionUpdateRecord update) => new()
    {
        SolutionUpdateConfig = update.Config,
        PerformAutoTraining = update.PerformAutoTraining,
        PerformIncrementalUpdate = update.PerformIncrementalUpdate,
        Status = update.Status,
        CreationDateTime = update.CreatedAt,
        LastUpdatedDateTime = update.UpdatedAt,
    };

    /// <summary>The configuration as the service shows it: the names of ranges say where a hyperparameter belongs.</summary>
    private static SolutionConfig? Describe(SolutionConfig? config) =>
        config?.HpoConfig is not { AlgorithmHyperParameterRanges: { } ranges } search ? config : config with
        {
            HpoConfig = search with
            {
                AlgorithmHyperParameterRanges = new()
                {
                    IntegerHyperParameterRanges = ranges.IntegerHyperParameterRanges
                        ?.Select(range => range with { Name = RangeNames.OfNumber(range.Name) }).ToArray(),
                    ContinuousHyperParameterRanges = ranges.ContinuousHyperParameterRanges
                        ?.Select(range => range with { Name = RangeNames.OfNumber(range.Name) }).ToArray(),
                    CategoricalHyperParameterRanges = ranges.CategoricalHyperParameterRanges
                        ?.Select(range => range with { Name = RangeNames.OfCategory(range.Name) }).ToArray(),
                },
            },
        };

    private static SolutionSummary Summarize(SolutionRecord solution) => new()
    {
        Name = solution.Name,
        SolutionArn = solution.Arn.ToString(),
        RecipeArn = solution.RecipeArn,
        Status = solution.Status,
        CreationDateTime = solution.CreatedAt,
        LastUpdatedDateTime = solution.UpdatedAt,
    };
}
