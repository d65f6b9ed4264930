using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol.Runtime;

namespace Kindred.Portal.Controls.Recommendations;

/// <summary>
/// What is asked of a campaign or a recommender: recommendations, a ranking when there is a list to be ranked, or actions.
/// </summary>
/// <param name="Endpoint">ARN of the campaign or recommender.</param>
/// <param name="UserId">Null where the recipe needs none.</param>
/// <param name="ItemId">The item to relate to; null where the recipe needs none.</param>
/// <param name="Items">The list to be ranked; null for recommendations.</param>
/// <param name="Context">What is known of the situation; empty for nothing.</param>
/// <param name="Columns">Columns of the items to see beside them; empty for none.</param>
internal sealed record AskedCall(
    string Endpoint, string? UserId, string? ItemId, IReadOnlyList<string>? Items, int Count,
    IReadOnlyDictionary<string, string> Context, IReadOnlyList<string> Columns)
{
    /// <summary>ARN of a filter; null for none.</summary>
    public string? Filter { get; init; }
    /// <summary>Of the filter's parameters; null for none.</summary>
    public IReadOnlyDictionary<string, string>? FilterValues { get; init; }

    /// <summary>Asks for actions, not for items.</summary>
    public bool IsOfActions { get; init; }

    public bool IsRanking => Items is not null;

    /// <summary>A call as a recipe wants it, with words in place of ids, for people to fill in.</summary>
    /// <param name="recipe">See <see cref="RecipeInputs.Of"/>.</param>
    public static AskedCall Example(string endpoint, string recipe)
    {
        var input = RecipeInputs.Of(recipe);
        return new AskedCall(
            endpoint, input is RecipeInput.Item or RecipeInput.Nothing ? null : "USER_ID",
            input is RecipeInput.Item or RecipeInput.UserAndItem ? "ITEM_ID" : null,
            input is RecipeInput.List ? ["ITEM_ID", "ANOTHER_ITEM_ID"] : null, Count: input is RecipeInput.Action ? 5 : 10,
            new Dictionary<string, string>(), []) { IsOfActions = input is RecipeInput.Action };
    }

    /// <summary>Answers for a use case of a domain, not for a solution.</summary>
    public bool IsOfRecommender => Arn.TryParse(Endpoint, out var arn) && arn.Type == ResourceTypes.Recommender;

    /// <summary>Whom or what the answer is for, as titles name it.</summary>
    public string Subject => ItemId ?? UserId ?? "everybody";

    public GetRecommendationsRequest Recommendations() => new()
    {
        CampaignArn = IsOfRecommender ? null : Endpoint, RecommenderArn = IsOfRecommender ? Endpoint : null,
        UserId = UserId, ItemId = ItemId, NumResults = Count,
        Context = Context.Count == 0 ? null : Context, MetadataColumns = MetadataColumns(), FilterArn = Filter, FilterValues = FilterValues,
    };

    public GetPersonalizedRankingRequest Ranking() => new()
    {
        CampaignArn = Endpoint, UserId = UserId!, InputList = Items!,
        Context = Context.Count == 0 ? null : Context, MetadataColumns = MetadataColumns(), FilterArn = Filter, FilterValues = FilterValues,
    };

    public GetActionRecommendationsRequest Actions() => new()
    {
        CampaignArn = Endpoint, UserId = UserId, NumResults = Count, FilterArn = Filter, FilterValues = FilterValues,
    };

    private Dictionary<string, IReadOnlyList<string>>? MetadataColumns() => Columns.Count == 0 ? null : new() { ["ITEMS"] = Columns };
}
