using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;
using Kindred.Serving.Readings;

namespace Kindred.Operations.Solutions;

/// <summary>The recipes that can be trained, with what each would take on a group's data. Needs the scope <c>read</c>.</summary>
public sealed class RecipeOffers(GroupShapes shapes)
{
    /// <exception cref="Contracts.Refusals.RefusedException">The principal may not, or the group is not theirs.</exception>
    public async Task<IReadOnlyList<RecipeOffer>> ListAsync(Principal principal, Arn datasetGroup, CancellationToken cancellationToken)
    {
        principal.RequireOwn(AccessScopes.Read, "recipes:List", datasetGroup);
        using var entered = CallerContext.Enter(principal);
        var shape = await shapes.MeasureAsync(datasetGroup, cancellationToken);
        return [.. RecipeCatalog.All.Where(IsOffered).Select(recipe => Offer(recipe, shape))];
    }

    /// <summary>Use cases of a domain are for recommenders, and recipes for actions learn from datasets that cannot be imported yet.</summary>
    private static bool IsOffered(RecipeDescription recipe) =>
        recipe is { Domain: null, RecipeType: not RecipeTypes.PersonalizedActions } && RecipeCatalog.Implementation(recipe.Name) is not null;

    private static RecipeOffer Offer(RecipeDescription recipe, DataShape shape)
    {
        var implementation = RecipeCatalog.Implementation(recipe.Name)!;
        TrainingQuote? Quote(TrainingEffort effort) => shape.Interactions == 0 ? null
            : TrainingQuotes.Of(implementation, RecipeSettings.Defaults(recipe), shape, effort, Environment.ProcessorCount);
        var (first, whole) = (Quote(implementation.Efforts[0]), Quote(implementation.Efforts[^1]));
        return new(
            recipe.Name, recipe.Arn, recipe.RecipeType, recipe.Description, recipe.NeedsItems, recipe.NeedsTexts, recipe.IsV2, recipe.CanExplore,
            first?.Duration, whole?.Duration, whole?.PeakBytes, [.. recipe.HyperParameters.Select(HyperParameterOffer.Of)]);
    }
}
