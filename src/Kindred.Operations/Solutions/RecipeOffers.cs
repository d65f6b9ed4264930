using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Refusals;
using Kindred.Operations.Intake;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Tuning;
using Kindred.Serving.Readings;

namespace Kindred.Operations.Solutions;

/// <summary>The recipes that can be trained, with what each would take on a group's data. Needs the scope <c>read</c>.</summary>
public sealed class RecipeOffers(GroupShapes shapes)
{
    /// <exception cref="RefusedException">The principal may not, or the group is not theirs.</exception>
    public async Task<IReadOnlyList<RecipeOffer>> ListAsync(Principal principal, Arn datasetGroup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Read, "recipes:List");
        if (datasetGroup.Account != principal.Account)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no resource with the ARN {datasetGroup}.");
        using var entered = CallerContext.Enter(principal);
        var shape = await shapes.MeasureAsync(datasetGroup, cancellationToken);
        return [.. RecipeCatalog.All.Where(IsOffered).Select(recipe => Offer(recipe, shape))];
    }

    /// <summary>Use cases of a domain are for recommenders.</summary>
    private static bool IsOffered(RecipeDescription recipe) => recipe.Domain is null && RecipeCatalog.Implementation(recipe.Name) is not null;

    private static RecipeOffer Offer(RecipeDescription recipe, DataShape shape) => new(
        recipe.Name, recipe.Arn, recipe.RecipeType, recipe.Description, recipe.NeedsItems, recipe.NeedsTexts,
        recipe.RecipeType is RecipeTypes.PersonalizedActions, recipe.IsV2, recipe.CanExplore,
        shape.Interactions == 0 ? null : TrainingEstimate.Of(recipe.Name, shape), [.. recipe.HyperParameters.Select(HyperParameterOffer.Of)]);
}
