using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;

namespace Kindred.Operations.Solutions;

/// <summary>A use case of a domain, which a recommender can be made for.</summary>
/// <param name="EventType">The only events that it learns from, in any case; null for all.</param>
/// <param name="ExcludedEventType">Items that a user has had this event with are left out; null for none.</param>
/// <param name="NeedsItems">Learns from the Items dataset, which must exist.</param>
/// <param name="RenewedAfter">How old its model becomes while new data come.</param>
public sealed record UseCaseOffer(
    string Name, string Arn, string Description, string? EventType, string? ExcludedEventType, bool NeedsItems,
    TimeSpan RenewedAfter)
{
    /// <summary>Events that count, at least.</summary>
    public const int LeastEvents = MinimumData.Interactions;

    /// <param name="domain"><c>ECOMMERCE</c> or <c>VIDEO_ON_DEMAND</c>; null, which has none, and others give an empty list.</param>
    public static IReadOnlyList<UseCaseOffer> Of(string? domain) =>
        [.. RecipeCatalog.All.Where(recipe => domain is not null && recipe.Domain == domain).Select(recipe => new UseCaseOffer(
            recipe.Name, recipe.Arn, recipe.Description, recipe.EventType, recipe.ExcludedEventType, recipe.NeedsItems,
            recipe.RetrainedAfter))];
}
