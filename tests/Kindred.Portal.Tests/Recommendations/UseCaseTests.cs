using Kindred.Operations.Solutions;
using Kindred.Portal.Components.Pages.Recommenders;
using Kindred.Portal.Controls.Recommendations;
using Kindred.Recipes.Catalog;

namespace Kindred.Portal.Tests.Recommendations;

/// <summary>What pages know of the use cases, held against the catalogue that has them.</summary>
public sealed class UseCaseTests
{
    public static TheoryData<string> Names => [.. RecipeCatalog.All.Where(recipe => recipe.Domain is not null).Select(recipe => recipe.Name)];

    [Theory, MemberData(nameof(Names))]
    public void UseCase_OfTheCatalogue_HasWordsAndAsksForWhatRequestsNeed(string name)
    {
        var recipe = RecipeCatalog.Find(name)!;

        Assert.NotEqual(name, UseCaseWords.Of(name).Title);
        Assert.Equal((recipe.NeedsUserId, recipe.NeedsItemId) switch
        {
            (true, true) => RecipeInput.UserAndItem,
            (true, false) => RecipeInput.User,
            (false, true) => RecipeInput.Item,
            _ => RecipeInput.Nothing,
        }, RecipeInputs.Of(name));
    }

    [Fact]
    public void Counted_OfAnEventType_IsThatTypesInAnyCase()
    {
        var views = UseCaseOffer.Of("ECOMMERCE").Single(offer => offer.Name == "aws-ecomm-popular-items-by-views");

        Assert.Equal(12, UseCaseWords.Counted(views, [("view", 5), ("View", 7), ("Purchase", 100)]));
        Assert.Empty(UseCaseOffer.Of(null));
    }
}
