using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Examples;
using Kindred.Grains.Tests.World;
using Kindred.Recipes.Catalog;
using Kindred.Serving;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Adding;

/// <summary><c>docs/adding.md</c> tried: a recipe that the product does not know is trained, stored and served.</summary>
public sealed class AddedRecipeTests
{
    private static readonly MostEventsRecipe Recipe = new();

    static AddedRecipeTests() => RecipeCatalog.Add(Recipe);

    [Fact]
    public async Task ARecipeFromElsewhere_IsTrainedAndServed_AlsoAfterARestart()
    {
        using var data = new TemporaryFolder();
        var caller = SiloFixture.NewTenant();
        string campaign;
        await using (var silo = await TestSilo.StartAsync(data.Path))
        {
            var shop = await new Shop(silo, caller).OpenAsync();
            await shop.ImportAsync("first", Rows());
            await shop.CreateSolutionAsync(recipe: Recipe.Description.Name);
            var version = await shop.StartTrainingAsync();
            Assert.Equal(ResourceStatus.Active, (await shop.VersionAsync(version)).Status);
            campaign = (await shop.Tenant.CreateCampaignAsync(new() { Name = "front", SolutionVersionArn = version }, caller)).CampaignArn!;
            Assert.Equal(ResourceStatus.Active, (await shop.CampaignAsync(campaign)).Status);

            Assert.Equal(["loud", "liked", "other"], await RecommendAsync(silo));
        }
        await using var next = await TestSilo.StartAsync(data.Path);

        Assert.Equal(["loud", "liked", "other"], await RecommendAsync(next));

        async Task<IEnumerable<string>> RecommendAsync(TestSilo silo)
        {
            var request = new GetRecommendationsRequest { CampaignArn = campaign, UserId = "nobody", NumResults = 3 };
            var answer = await silo.Get<RecommendationService>().RecommendAsync(request, caller, default);
            return answer.ItemList!.Select(item => item.ItemId!);
        }
    }

    [Fact]
    public void ARecipeOfANameThatIsTaken_IsRefused() =>
        Assert.Throws<ArgumentException>(() => RecipeCatalog.Add(new MostEventsRecipe()));

    /// <summary>One user is loud about one item, many like another: counting users would rank them the other way round.</summary>
    private static string Rows()
    {
        var rows = Enumerable.Range(0, 900).Select(i => $"fan,loud,{1_700_000_000 + i},View")
            .Concat(Enumerable.Range(0, 300).Select(i => $"u{i},liked,{1_700_010_000 + i},View"))
            .Concat(Enumerable.Range(0, 100).Select(i => $"u{i},other,{1_700_020_000 + i},View"));
        return "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n" + string.Join('\n', rows) + "\n";
    }
}
