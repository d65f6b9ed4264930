using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Caching;
using Kindred.Serving.Exploration;
using Kindred.Serving.Groups;
using Kindred.Serving.Models;
using Kindred.Serving.Recommendations;

namespace Kindred.Serving;

/// <summary>
/// Answers GetRecommendations and GetPersonalizedRanking from mapped files and memory. Asks a grain only about a campaign
/// or dataset group that it does not hold yet. Safe for any number of concurrent callers.
/// </summary>
public sealed class RecommendationService(CampaignDirectory campaigns, GroupDirectory groups, ModelStore models, TimeProvider clock)
{
    /// <exception cref="RefusedException">
    /// InvalidInput: the request does not fit the campaign's recipe. ResourceNotFound: the campaign is not there or not
    /// ACTIVE. ServiceUnavailable: its model or data cannot be opened.
    /// </exception>
    public async ValueTask<GetRecommendationsResponse> RecommendAsync(GetRecommendationsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var (campaign, model) = await OpenAsync(RequestRules.Check(request), caller, cancellationToken);
        using var _ = model;
        using var group = await OpenGroupAsync(campaign, cancellationToken);
        var recipe = model.Value.Recipe;
        RequestRules.CheckRecipe(recipe, request);
        var metadata = ItemMetadata.For(request.MetadataColumns, campaign, recipe, group.Value);
        var exploration = ExplorationSettings.Of(recipe, campaign.ItemExploration);
        cancellationToken.ThrowIfCancellationRequested();

        // The model's default of numResults is 0, which some clients send: it means unset.
        var count = request.NumResults is > 0 and var wanted ? wanted : RequestRules.DefaultResults;
        var items = ItemList.Make(model.Value, group.Value, exploration, campaign.RankingInfluence, request.UserId, request.ItemId, RequestRules.ContextOf(request.Context), count, clock.GetUtcNow());
        return new GetRecommendationsResponse { ItemList = Describe(items, metadata), RecommendationId = NewRecommendationId() };
    }

    /// <inheritdoc cref="RecommendAsync" path="/exception"/>
    public async ValueTask<GetPersonalizedRankingResponse> RankAsync(GetPersonalizedRankingRequest request, Caller caller, CancellationToken cancellationToken)
    {
        RequestRules.Check(request);
        var (campaign, model) = await OpenAsync(request.CampaignArn, caller, cancellationToken);
        using var _ = model;
        using var group = await OpenGroupAsync(campaign, cancellationToken);
        RequestRules.CheckRecipe(model.Value.Recipe, request);
        var metadata = ItemMetadata.For(request.MetadataColumns, campaign, model.Value.Recipe, group.Value);
        cancellationToken.ThrowIfCancellationRequested();

        var items = Ranking.Make(model.Value, group.Value, request.UserId, RequestRules.ContextOf(request.Context), request.InputList);
        return new GetPersonalizedRankingResponse { PersonalizedRanking = Describe(items, metadata), RecommendationId = NewRecommendationId() };
    }

    /// <summary>The campaign and its model, which the caller disposes.</summary>
    private async ValueTask<(CampaignServing Campaign, Borrowed<OpenModel> Model)> OpenAsync(string campaignArn, Caller caller, CancellationToken cancellationToken)
    {
        while (true)
        {
            var campaign = await FindAsync(campaignArn, caller, cancellationToken);
            try
            {
                return (campaign, await models.BorrowAsync(campaign.Recipe, campaign.ArtifactPath, cancellationToken));
            }
            catch (RefusedException)
            {
                // A refined model may have replaced this one, file and all, between the two lines.
                if ((await FindAsync(campaignArn, caller, cancellationToken)).ArtifactPath == campaign.ArtifactPath) throw;
            }
        }
    }

    private async ValueTask<CampaignServing> FindAsync(string campaignArn, Caller caller, CancellationToken cancellationToken)
    {
        // The door checked the account already; this path reads files by it, so it checks again.
        var serving = Arn.TryParse(campaignArn, out var arn) && arn is { Type: ResourceTypes.Campaign } && arn.Account == caller.Account && arn.Region == caller.Region
            ? await campaigns.FindAsync(arn, cancellationToken)
            : null;
        return serving ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"The campaign '{campaignArn}' does not exist, or is not ACTIVE.");
    }

    private async ValueTask<Borrowed<GroupView>> OpenGroupAsync(CampaignServing campaign, CancellationToken cancellationToken) =>
        await groups.BorrowAsync(campaign.DatasetGroupArn, cancellationToken)
        ?? throw new RefusedException(RefusalCode.ResourceNotFound, $"The dataset group '{campaign.DatasetGroupArn}' of the campaign '{campaign.CampaignArn}' does not exist.");

    private static PredictedItem[] Describe(RankedItem[] items, ItemMetadata? metadata)
    {
        var described = new PredictedItem[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            described[i] = new PredictedItem
            {
                ItemId = items[i].ItemId,
                Score = items[i].Score,
                Metadata = metadata?.Read(items[i].ItemId),
                Reason = items[i].Reason is { } reason ? [reason] : null,
            };
        }
        return described;
    }

    private static string NewRecommendationId() => $"RID-{Guid.NewGuid()}";
}
