using Kindred.Contracts.Protocol.Runtime;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Recommendations;

public sealed class MetadataTests : IDisposable
{
    private readonly ServingWorld _world = new();

    [Fact]
    public async Task RecommendAsync_MetadataColumns_AreReadFromTheNewestRecord()
    {
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel("aws-user-personalization", "a", "b"), metadata: true);
        await _world.PutItemAsync(ServingWorld.Alice, "a", """{"category":"boots","price":9.5}""");
        await _world.PutItemAsync(ServingWorld.Alice, "a", """{"category":["boots","winter"],"price":7.25}""");

        var items = (await _world.Recommendations.RecommendAsync(new GetRecommendationsRequest
        {
            CampaignArn = campaign,
            UserId = "u",
            MetadataColumns = new Dictionary<string, IReadOnlyList<string>> { ["ITEMS"] = ["CATEGORY", "price"] },
        }, ServingWorld.Alice, default)).ItemList!;

        Assert.Equal(new Dictionary<string, string> { ["CATEGORY"] = "boots|winter", ["price"] = "7.25" }, items[0].Metadata!);
        Assert.Empty(items[1].Metadata!);
    }

    [Fact]
    public async Task RecommendAsync_SecondGenerationRecipe_GivesMetadataWithoutAsking()
    {
        var campaign = _world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel("aws-user-personalization-v2", "a"));

        var answer = await _world.Recommendations.RecommendAsync(new GetRecommendationsRequest
        {
            CampaignArn = campaign,
            UserId = "u",
            MetadataColumns = new Dictionary<string, IReadOnlyList<string>> { ["ITEMS"] = ["PRICE"] },
        }, ServingWorld.Alice, default);

        Assert.NotNull(answer.ItemList![0].Metadata);
    }

    public void Dispose() => _world.Dispose();
}
