using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Recipes;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Actions;
using Kindred.Serving.Endpoints;

namespace Kindred.Serving.Recommendations;

/// <summary>What a request for recommendations must be, beyond the contract's own shapes. Pure functions.</summary>
internal static class RequestRules
{
    public const int DefaultResults = 25;
    public const int MaxResults = 500;
    /// <summary>Most results, or inputs of a ranking, of a request that asks for metadata.</summary>
    public const int MaxResultsWithMetadata = 50;
    public const int MaxMetadataColumns = 10;

    /// <returns>The ARN of the campaign or recommender, as the request gives it.</returns>
    /// <exception cref="RefusedException">The request cannot be right for any campaign.</exception>
    public static string Check(GetRecommendationsRequest request)
    {
        var faults = new List<string>(0);
        if ((request.CampaignArn is null) == (request.RecommenderArn is null))
            faults.Add("Exactly one of campaignArn and recommenderArn is required.");
        else CheckEndpoint(request, faults);
        if (request.NumResults is { } wanted and (< 0 or > MaxResults))
            faults.Add($"numResults is {wanted}; expected 1 to {MaxResults}.");
        CheckPromotions(request.Promotions, faults);
        if (request.FilterArn is null && request.FilterValues is { Count: > 0 })
            faults.Add("filterValues is given without filterArn.");
        CheckMetadata(request.MetadataColumns, request.NumResults ?? 0, "numResults", faults);
        Throw(faults);
        return (request.CampaignArn ?? request.RecommenderArn)!;
    }

    private static void CheckEndpoint(GetRecommendationsRequest request, List<string> faults)
    {
        var (member, text, type, other) = request.RecommenderArn is { } recommender
            ? ("recommenderArn", recommender, ResourceTypes.Recommender, ResourceTypes.Campaign)
            : ("campaignArn", request.CampaignArn!, ResourceTypes.Campaign, ResourceTypes.Recommender);
        if (Arn.TryParse(text, out var arn) && arn.Type == other) faults.Add($"{member} is '{text}'; the ARN of a {type} was expected.");
    }

    /// <exception cref="RefusedException">The request cannot be right for any campaign.</exception>
    public static void Check(GetPersonalizedRankingRequest request)
    {
        var faults = new List<string>(0);
        if (string.IsNullOrEmpty(request.CampaignArn)) faults.Add("campaignArn is required.");
        if (string.IsNullOrEmpty(request.UserId)) faults.Add("userId is required.");
        if (request.InputList is not { Count: > 0 }) faults.Add("inputList is empty; expected the items to rank.");
        else if (request.InputList.Count > MaxResults)
            faults.Add($"inputList has {request.InputList.Count} items; at most {MaxResults} are allowed.");
        if (request.FilterArn is null && request.FilterValues is { Count: > 0 })
            faults.Add("filterValues is given without filterArn.");
        CheckMetadata(request.MetadataColumns, request.InputList?.Count ?? 0, "inputList", faults);
        Throw(faults);
    }

    /// <exception cref="RefusedException">The request cannot be right for any campaign.</exception>
    public static void Check(GetActionRecommendationsRequest request)
    {
        var faults = new List<string>(0);
        if (string.IsNullOrEmpty(request.CampaignArn)) faults.Add("campaignArn is required.");
        if (string.IsNullOrEmpty(request.UserId)) faults.Add("userId is required.");
        if (request.NumResults is { } wanted and (< 0 or > ActionQuery.MaxResults))
            faults.Add($"numResults is {wanted}; expected 1 to {ActionQuery.MaxResults}.");
        if (request.FilterArn is null && request.FilterValues is { Count: > 0 })
            faults.Add("filterValues is given without filterArn.");
        Throw(faults);
    }

    /// <exception cref="RefusedException">The campaign's recipe does not recommend actions.</exception>
    public static void CheckActions(RecipeDescription recipe, ServedEndpoint endpoint)
    {
        if (recipe.RecipeType != RecipeTypes.PersonalizedActions)
            throw Invalid($"{Served(endpoint, recipe)}, which does not recommend actions: call GetRecommendations, "
                + "or deploy a solution of the recipe 'aws-next-best-action'.");
    }

    /// <exception cref="RefusedException">The endpoint's recipe does not answer this request.</exception>
    public static void CheckRecipe(RecipeDescription recipe, ServedEndpoint endpoint, GetRecommendationsRequest request)
    {
        switch (recipe.RecipeType)
        {
            case RecipeTypes.PersonalizedRanking:
                throw Invalid($"{Served(endpoint, recipe)}, which ranks a list of items: call GetPersonalizedRanking.");
            case RecipeTypes.PersonalizedActions:
                throw Invalid($"{Served(endpoint, recipe)}, which recommends actions: call GetActionRecommendations.");
            case RecipeTypes.UserSegmentation:
                throw Invalid($"{Served(endpoint, recipe)}, which makes user segments in batch only.");
            default: break;
        }
        var lacksUser = recipe.NeedsUserId && string.IsNullOrEmpty(request.UserId);
        var lacksItem = recipe.NeedsItemId && string.IsNullOrEmpty(request.ItemId);
        if (!lacksUser && !lacksItem) return;
        var required = string.Join(", ", new[] { recipe.NeedsUserId ? "userId" : null, recipe.NeedsItemId ? "itemId" : null }.OfType<string>());
        throw Invalid($"Required fields for the recipe '{recipe.Name}' of the {endpoint} are {required}; "
            + $"the request lacks {(lacksUser ? "userId" : "itemId")}.");
    }

    /// <exception cref="RefusedException">The campaign's recipe does not rank.</exception>
    public static void CheckRecipe(RecipeDescription recipe, ServedEndpoint endpoint)
    {
        if (recipe.RecipeType != RecipeTypes.PersonalizedRanking)
            throw Invalid($"{Served(endpoint, recipe)}, which does not rank a given list: call GetRecommendations, "
                + "or deploy a solution of the recipe 'aws-personalized-ranking-v2'.");
    }

    /// <summary>
    /// The context of a request. Its keys are names of metadata fields of the interactions dataset. No page of the service says that another
    /// key is refused, so it is passed over, as a value is that nobody has seen.
    /// </summary>
    public static EventContext? ContextOf(IReadOnlyDictionary<string, string>? context) =>
        context is { Count: > 0 } ? new EventContext(context) : null;

    public static RefusedException Invalid(string sentence) => new(RefusalCode.InvalidInput, sentence);

    private static string Served(ServedEndpoint endpoint, RecipeDescription recipe) => $"The {endpoint} serves the recipe '{recipe.Name}'";

    private static void CheckMetadata(
        IReadOnlyDictionary<string, IReadOnlyList<string>>? columns, int results, string member, List<string> faults)
    {
        if (columns is null or { Count: 0 }) return;
        if (columns.Keys.FirstOrDefault(key => !key.Equals(DatasetTypes.Items, StringComparison.OrdinalIgnoreCase)) is { } other)
            faults.Add($"metadataColumns has the key '{other}'; expected '{DatasetTypes.Items}'.");
        var count = columns.Values.Sum(static names => names?.Count ?? 0);
        if (count is 0 or > MaxMetadataColumns) faults.Add($"metadataColumns names {count} columns; expected 1 to {MaxMetadataColumns}.");
        if (results > MaxResultsWithMetadata)
            faults.Add($"{member} asks for {results} items with metadata; at most {MaxResultsWithMetadata} are allowed.");
    }

    private static void CheckPromotions(IReadOnlyList<Promotion>? promotions, List<string> faults)
    {
        if (promotions is null or { Count: 0 }) return;
        if (promotions.Count > 1) faults.Add($"promotions has {promotions.Count} promotions; at most one is allowed.");
        var promotion = promotions[0];
        if (promotion.FilterArn is null) faults.Add("promotions.1.filterArn is required: it says which items are promoted.");
        if (promotion.PercentPromotedItems is null) faults.Add("promotions.1.percentPromotedItems is required.");
    }

    private static void Throw(List<string> faults)
    {
        if (faults.Count > 0) throw Invalid(string.Join(' ', faults));
    }
}
