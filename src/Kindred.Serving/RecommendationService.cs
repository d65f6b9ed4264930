using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Actions;
using Kindred.Serving.Attribution;
using Kindred.Serving.Caching;
using Kindred.Serving.Endpoints;
using Kindred.Serving.Explanations;
using Kindred.Serving.Exploration;
using Kindred.Serving.Filters;
using Kindred.Serving.Groups;
using Kindred.Serving.Models;
using Kindred.Serving.Recommendations;
using Kindred.Storage.Quotas;

namespace Kindred.Serving;

/// <summary>
/// Answers GetRecommendations, GetPersonalizedRanking and GetActionRecommendations from mapped files and memory. Asks a grain only about an endpoint
/// or dataset group that it does not hold yet. Safe for any number of concurrent callers.
/// </summary>
public sealed class RecommendationService(
    EndpointDirectory endpoints, GroupDirectory groups, ModelStore models, FilterDirectory filters, RequestTraffic traffic, DataRates rates,
    TimeProvider clock)
{
    /// <exception cref="RefusedException">
    /// InvalidInput: the request does not fit the endpoint's recipe. ResourceNotFound: the endpoint is not there or not
    /// ACTIVE. Throttled: it is one request too many for it. ServiceUnavailable: its model or data cannot be opened.
    /// </exception>
    public async ValueTask<GetRecommendationsResponse> RecommendAsync(
        GetRecommendationsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var (endpoint, model) = await OpenCountedAsync(RequestRules.Check(request), caller, cancellationToken);
        using var _ = model;
        using var group = await OpenGroupAsync(endpoint, cancellationToken);
        var recipe = model.Value.Recipe;
        RequestRules.CheckRecipe(recipe, endpoint, request);
        var subject = new RequestedSubject(request.UserId, request.ItemId);
        var query = new RecommendationQuery
        {
            UserId = request.UserId,
            ItemId = request.ItemId,
            Context = RequestRules.ContextOf(request.Context),
            // The model's default of numResults is 0, which some clients send: it means unset.
            Count = request.NumResults is > 0 and var wanted ? wanted : RequestRules.DefaultResults,
            Exploration = ExplorationSettings.Of(recipe, endpoint.ItemExploration),
            Influence = endpoint.RankingInfluence,
            BuiltIn = BuiltInFilters.Of(recipe),
            Filter = await FilterAsync(request.FilterArn, request.FilterValues, subject, endpoint, cancellationToken),
            Promotion = request.Promotions is [var promotion, ..] ? await PromotionAsync(promotion, subject, endpoint, cancellationToken) : null,
            Metadata = ItemMetadata.For(request.MetadataColumns, endpoint, recipe, group.Value.Items),
            Now = clock.GetUtcNow(),
        };
        cancellationToken.ThrowIfCancellationRequested();
        return new GetRecommendationsResponse
        {
            ItemList = Answer(query, model.Value, group.Value),
            RecommendationId = RecommendationIds.New(endpoint.EndpointArn),
        };
    }

    /// <inheritdoc cref="RecommendAsync" path="/exception"/>
    public async ValueTask<GetPersonalizedRankingResponse> RankAsync(
        GetPersonalizedRankingRequest request, Caller caller, CancellationToken cancellationToken)
    {
        RequestRules.Check(request);
        var (endpoint, model) = await OpenCountedAsync(request.CampaignArn, caller, cancellationToken);
        using var _ = model;
        using var group = await OpenGroupAsync(endpoint, cancellationToken);
        RequestRules.CheckRecipe(model.Value.Recipe, endpoint);
        var query = new RecommendationQuery
        {
            UserId = request.UserId,
            Given = request.InputList,
            Context = RequestRules.ContextOf(request.Context),
            Filter = await FilterAsync(
                request.FilterArn, request.FilterValues, new RequestedSubject(request.UserId, null), endpoint, cancellationToken),
            Metadata = ItemMetadata.For(request.MetadataColumns, endpoint, model.Value.Recipe, group.Value.Items),
            Now = clock.GetUtcNow(),
        };
        cancellationToken.ThrowIfCancellationRequested();
        return new GetPersonalizedRankingResponse
        {
            PersonalizedRanking = Answer(query, model.Value, group.Value),
            RecommendationId = RecommendationIds.New(endpoint.EndpointArn),
        };
    }

    /// <inheritdoc cref="RecommendAsync" path="/exception"/>
    public async ValueTask<GetActionRecommendationsResponse> RecommendActionsAsync(
        GetActionRecommendationsRequest request, Caller caller, CancellationToken cancellationToken)
    {
        RequestRules.Check(request);
        var (endpoint, model) = await OpenCountedAsync(request.CampaignArn!, caller, cancellationToken);
        using var _ = model;
        using var group = await OpenGroupAsync(endpoint, cancellationToken);
        RequestRules.CheckActions(model.Value.Recipe, endpoint);
        var query = new ActionQuery
        {
            UserId = request.UserId!,
            Count = request.NumResults is > 0 and var wanted ? wanted : ActionQuery.DefaultResults,
            Filter = request.FilterArn is { } filter
                ? ActionFilter.Of((await FindFilterAsync(filter, endpoint, cancellationToken)).Expression, request.FilterValues)
                : null,
            ExplorationWeight = ExplorationSettings.WeightOfActions(endpoint.ItemExploration),
            Now = clock.GetUtcNow(),
        };
        cancellationToken.ThrowIfCancellationRequested();
        var actions = ActionPipeline.Run(query, model.Value, group.Value);
        ServingMetrics.Recommended(caller.Account, model.Value.Recipe.Name, model.Value.RungName);
        return new GetActionRecommendationsResponse { ActionList = actions, RecommendationId = RecommendationIds.New(endpoint.EndpointArn) };
    }

    private PredictedItem[] Answer(RecommendationQuery query, OpenModel model, GroupView group)
    {
        traffic.Count();
        var items = RecommendationPipeline.Run(query, model, group);
        ServingMetrics.Recommended(group.DatasetGroup.Account, model.Recipe.Name, model.RungName);
        return items;
    }

    /// <summary>Says why items were recommended, or ranked as they were: which members of the model spoke for them, and which past items.</summary>
    /// <exception cref="RefusedException">InvalidInput: the campaign's answers do not depend on a user, or there are too many items.</exception>
    /// <inheritdoc cref="RecommendAsync" path="/exception"/>
    public async ValueTask<AnswerExplanation> ExplainAsync(ExplanationQuery query, Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.ItemIds.Count is 0 or > ExplanationQuery.MostItems)
            throw RequestRules.Invalid($"There are {query.ItemIds.Count} items to explain; expected 1 to {ExplanationQuery.MostItems}.");
        var (endpoint, model) = await OpenAsync(query.EndpointArn, caller, cancellationToken);
        using var _ = model;
        using var group = await OpenGroupAsync(endpoint, cancellationToken);
        if (!model.Value.Recipe.NeedsUserId)
            throw RequestRules.Invalid($"The {ServedEndpoint.Named(endpoint.EndpointArn)} serves the recipe '{model.Value.Recipe.Name}', "
                + "whose answers do not depend on a user.");
        return ExplanationPipeline.Run(
            new RecommendationQuery { UserId = query.UserId, Context = RequestRules.ContextOf(query.Context), Now = clock.GetUtcNow() },
            query.ItemIds, model.Value, group.Value, cancellationToken);
    }

    /// <summary>The endpoint and its model, which the caller disposes.</summary>
    private async ValueTask<(ServedEndpoint Endpoint, Borrowed<OpenModel> Model)> OpenAsync(
        string endpointArn, Caller caller, CancellationToken cancellationToken) =>
        await OpenAsync(await FindAsync(endpointArn, caller, cancellationToken), endpointArn, caller, cancellationToken);

    /// <summary>The endpoint and its model, which the caller disposes; counted as one of the recommendations that it gives in a second.</summary>
    private async ValueTask<(ServedEndpoint Endpoint, Borrowed<OpenModel> Model)> OpenCountedAsync(
        string endpointArn, Caller caller, CancellationToken cancellationToken)
    {
        var endpoint = await FindAsync(endpointArn, caller, cancellationToken);
        rates.TakeRecommendation(endpointArn);
        return await OpenAsync(endpoint, endpointArn, caller, cancellationToken);
    }

    private async ValueTask<(ServedEndpoint Endpoint, Borrowed<OpenModel> Model)> OpenAsync(
        ServedEndpoint endpoint, string endpointArn, Caller caller, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return (endpoint, await models.BorrowAsync(endpoint.Recipe, endpoint.ArtifactPath, cancellationToken));
            }
            catch (RefusedException)
            {
                // A refined model may have replaced this one, file and all, and the news of it be late or lost.
                await endpoints.AskAgainAsync(Arn.Parse(endpointArn), cancellationToken);
                var found = await FindAsync(endpointArn, caller, cancellationToken);
                if (found.ArtifactPath == endpoint.ArtifactPath) throw;
                endpoint = found;
            }
        }
    }

    private async ValueTask<ServedEndpoint> FindAsync(string endpointArn, Caller caller, CancellationToken cancellationToken)
    {
        // The door checked the account already; this path reads files by it, so it checks again.
        var isOwn = Arn.TryParse(endpointArn, out var arn) && arn.Account == caller.Account && arn.Region == caller.Region;
        return (isOwn ? await endpoints.FindAsync(arn, cancellationToken) : null)
            ?? throw new RefusedException(RefusalCode.ResourceNotFound,
                $"The {(isOwn ? ServedEndpoint.Named(arn) : $"resource '{endpointArn}'")} does not exist, or is not ACTIVE.");
    }

    private async ValueTask<Borrowed<GroupView>> OpenGroupAsync(ServedEndpoint endpoint, CancellationToken cancellationToken) =>
        await groups.BorrowAsync(endpoint.DatasetGroupArn, cancellationToken)
        ?? throw new RefusedException(RefusalCode.ResourceNotFound,
            $"The dataset group '{endpoint.DatasetGroupArn}' of the {endpoint} does not exist.");

    private async ValueTask<BoundFilter?> FilterAsync(
        string? filterArn, IReadOnlyDictionary<string, string>? values, RequestedSubject subject, ServedEndpoint endpoint,
        CancellationToken cancellationToken)
    {
        return filterArn is null
            ? null
            : BoundFilter.Of((await FindFilterAsync(filterArn, endpoint, cancellationToken)).Expression, values, subject);
    }

    private async ValueTask<KnownFilter> FindFilterAsync(string filterArn, ServedEndpoint endpoint, CancellationToken cancellationToken)
    {
        // The door checked the account already; this path reads by it, so it checks again.
        var filter = Arn.TryParse(filterArn, out var arn) && arn.Account == endpoint.DatasetGroupArn.Account
            ? await filters.FindAsync(arn, cancellationToken)
            : null;
        if (filter is null) throw new RefusedException(RefusalCode.ResourceNotFound, $"The filter '{filterArn}' does not exist.");
        if (filter.DatasetGroup != endpoint.DatasetGroupArn)
            throw RequestRules.Invalid($"The filter '{filterArn}' belongs to the dataset group '{filter.DatasetGroup}', "
                + $"and the {endpoint} to '{endpoint.DatasetGroupArn}'.");
        return filter;
    }

    private async ValueTask<RequestedPromotion> PromotionAsync(
        Promotion promotion, RequestedSubject subject, ServedEndpoint endpoint, CancellationToken cancellationToken) => new(
        promotion.Name, promotion.PercentPromotedItems!.Value,
        (await FilterAsync(promotion.FilterArn, promotion.FilterValues, subject, endpoint, cancellationToken))!);
}
