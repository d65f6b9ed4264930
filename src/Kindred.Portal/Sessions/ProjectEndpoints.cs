using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;

namespace Kindred.Portal.Sessions;

/// <summary>A campaign or a recommender of a project.</summary>
/// <param name="Recipe">Its recipe's name, or that of its use case; empty where a search chooses it.</param>
/// <param name="Status">As the contract has it.</param>
internal sealed record ProjectEndpoint(string Name, Arn Arn, string Recipe, string? Status)
{
    /// <summary>Whether it answers.</summary>
    public bool IsLive => Status is "ACTIVE";
    public bool IsRecommender => Arn.Type == ResourceTypes.Recommender;
}

/// <summary>What answers in a project, or will.</summary>
internal static class ProjectEndpoints
{
    private const int Most = 100;

    /// <returns>Campaigns first, by solution; at most a hundred of each kind.</returns>
    /// <inheritdoc cref="TenantSession.CallAsync{TRequest, TResponse}" path="/exception"/>
    public static async Task<IReadOnlyList<ProjectEndpoint>> ReadAsync(TenantSession session, Arn group, CancellationToken cancellationToken = default)
    {
        var found = new List<ProjectEndpoint>();
        var solutions = await session.CallAsync<ListSolutionsRequest, ListSolutionsResponse>(
            group.Account, new() { DatasetGroupArn = group.ToString(), MaxResults = Most }, cancellationToken);
        foreach (var solution in solutions.Solutions ?? [])
        {
            var campaigns = await session.CallAsync<ListCampaignsRequest, ListCampaignsResponse>(
                group.Account, new() { SolutionArn = solution.SolutionArn, MaxResults = Most }, cancellationToken);
            found.AddRange((campaigns.Campaigns ?? []).Select(c => Of(c.Name!, c.CampaignArn!, solution.RecipeArn, c.Status)));
        }
        var recommenders = await session.CallAsync<ListRecommendersRequest, ListRecommendersResponse>(
            group.Account, new() { DatasetGroupArn = group.ToString(), MaxResults = Most }, cancellationToken);
        found.AddRange((recommenders.Recommenders ?? []).Select(r => Of(r.Name!, r.RecommenderArn!, r.RecipeArn, r.Status)));
        return found;
    }

    private static ProjectEndpoint Of(string name, string arn, string? recipeArn, string? status) =>
        new(name, Arn.Parse(arn), recipeArn is null ? "" : recipeArn[(recipeArn.LastIndexOf('/') + 1)..], status);
}
