using System.Globalization;
using Kindred.Contracts.Catalog;
using Kindred.Grains.Tests.World;
using Kindred.Serving;

namespace Kindred.Grains.Tests.Solutions;

/// <summary>A Users dataset says something about people who have done nothing yet.</summary>
[Collection("silo")]
public sealed class UsersInTrainingTests(SiloFixture fixture)
{
    private const string UsersSchema =
        """
        {"type":"record","name":"Users","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"USER_ID","type":"string"},{"name":"SIDE","type":"string","categorical":true}],"version":"1.0"}
        """;

    [Fact]
    public async Task Training_AttributesThatSayWhatUsersLike_ServeThoseWithoutAnInteraction()
    {
        const int Users = 600;
        var shop = await new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();
        Assert.Equal(ResourceStatus.Active, (await shop.ImportAsync("first", Shop.Interactions(rows: 12_000, users: Users))).Status);
        await shop.Tenant.CreateSchemaAsync(new() { Name = "users", Schema = UsersSchema }, shop.Caller);
        var dataset = (await shop.Tenant.CreateDatasetAsync(
            new() { Name = "users", SchemaArn = shop.Name("schema/users"), DatasetGroupArn = shop.GroupArn, DatasetType = "Users" },
            shop.Caller)).DatasetArn!;
        string[] rows =
        [
            "USER_ID,SIDE",
            .. Enumerable.Range(0, Users).Select(user => $"u{user},{(user % 2 == 0 ? "left" : "right")}"),
            "lefty,left",
            "righty,right",
        ];
        Assert.Equal(ResourceStatus.Active, (await shop.ImportAsync("users", string.Join('\n', rows) + "\n", datasetArn: dataset)).Status);
        await shop.CreateSolutionAsync(recipe: "kindred-transformer");

        var version = await shop.VersionAsync(await shop.StartTrainingAsync());
        var created = await shop.Tenant.CreateCampaignAsync(new() { Name = "home", SolutionVersionArn = version.SolutionVersionArn! }, shop.Caller);
        var campaign = created.CampaignArn!;
        Assert.Equal(ResourceStatus.Active, (await shop.CampaignAsync(campaign)).Status);

        Assert.True(await LeftOfAsync("lefty") >= 9, "The left half of the catalogue is for the left.");
        Assert.True(await LeftOfAsync("righty") <= 1, "The right half of the catalogue is for the right.");

        async Task<int> LeftOfAsync(string user)
        {
            var answer = await shop.Silo.Get<RecommendationService>()
                .RecommendAsync(new() { CampaignArn = campaign, UserId = user, NumResults = 10 }, shop.Caller, default);
            return answer.ItemList!.Count(item => int.Parse(item.ItemId![1..], CultureInfo.InvariantCulture) < 20);
        }
    }
}
