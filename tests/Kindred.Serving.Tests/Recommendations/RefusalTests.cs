using Kindred.Contracts.Changes;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Recommendations;

public sealed class RefusalTests : IDisposable
{
    private readonly ServingWorld _world = new();
    private readonly string _personal, _ranking, _sims;

    public RefusalTests()
    {
        var group = _world.AddGroup(ServingWorld.Alice);
        _personal = _world.AddCampaign(group, new FakeModel("aws-user-personalization", "a", "b"), "personal");
        _ranking = _world.AddCampaign(group, new FakeModel("aws-personalized-ranking-v2", "a", "b"), "ranking");
        _sims = _world.AddCampaign(group, new FakeModel("aws-sims", "a", "b"), "sims");
    }

    [Fact]
    public async Task RecommendAsync_WrongRequests_AreRefusedInASentence()
    {
        await InvalidAsync(new(), "Exactly one of campaignArn and recommenderArn");
        await InvalidAsync(new() { CampaignArn = _personal, RecommenderArn = "arn:aws:personalize:us-east-1:111111111111:recommender/r" }, "Exactly one of");
        await InvalidAsync(new() { RecommenderArn = _personal }, "the ARN of a recommender was expected");
        await InvalidAsync(new() { CampaignArn = _personal }, "userId");
        await InvalidAsync(new() { CampaignArn = _personal, UserId = "" }, "userId");
        await InvalidAsync(new() { CampaignArn = _sims, UserId = "u" }, "itemId");
        await InvalidAsync(new() { CampaignArn = _ranking, UserId = "u" }, "GetPersonalizedRanking");
        await InvalidAsync(new() { CampaignArn = _personal, UserId = "u", NumResults = 501 }, "501");
        await InvalidAsync(new() { CampaignArn = _personal, UserId = "u", NumResults = -1 }, "-1");
        await InvalidAsync(new() { CampaignArn = _personal, UserId = "u", Promotions = [new Promotion { Name = "p" }] }, "promotion");
        await InvalidAsync(new() { CampaignArn = _personal, UserId = "u", FilterValues = new Dictionary<string, string> { ["a"] = "b" } }, "filterArn");
        await InvalidAsync(new() { CampaignArn = _personal, UserId = "u", MetadataColumns = Columns("ITEMS", "PRICE") }, "enableMetadataWithRecommendations");
        await InvalidAsync(new() { CampaignArn = _personal, UserId = "u", NumResults = 51, MetadataColumns = Columns("ITEMS", "PRICE") }, "at most 50");
        await InvalidAsync(new() { CampaignArn = _personal, UserId = "u", MetadataColumns = Columns("USERS", "AGE") }, "'USERS'");
        await InvalidAsync(new() { CampaignArn = _personal, UserId = "u", MetadataColumns = Columns("ITEMS", [.. Enumerable.Range(0, 11).Select(i => $"C{i}")]) }, "11 columns");
    }

    [Fact]
    public async Task RankAsync_WrongRequests_AreRefusedInASentence()
    {
        await InvalidRankingAsync(new() { CampaignArn = _personal, UserId = "u", InputList = ["a"] }, "GetRecommendations");
        await InvalidRankingAsync(new() { CampaignArn = _ranking, UserId = "u", InputList = [] }, "inputList");
        await InvalidRankingAsync(new() { CampaignArn = _ranking, UserId = "u", InputList = [.. Enumerable.Repeat("a", 501)] }, "501");
        await InvalidRankingAsync(new() { CampaignArn = _ranking, UserId = "", InputList = ["a"] }, "userId");
        await InvalidRankingAsync(new() { CampaignArn = _ranking, UserId = "u", InputList = ["a"], MetadataColumns = Columns("ITEMS", "NO_SUCH") }, "CATEGORY, PRICE");
    }

    [Fact]
    public async Task RecommendAsync_CampaignThatIsNotThere_IsNotFound()
    {
        foreach (var arn in new[] { _personal + "x", "arn:aws:personalize:us-east-1:111111111111:solution/personal", "nonsense" })
            await NotFoundAsync(new() { CampaignArn = arn, UserId = "u" }, ServingWorld.Alice);
    }

    [Fact]
    public async Task RecommendAsync_AnotherTenantsCampaign_IsNotFoundAndAsksNoGrain()
    {
        await NotFoundAsync(new() { CampaignArn = _personal, UserId = "u" }, ServingWorld.Bob);

        Assert.Equal(0, _world.Grains.Questions);
    }

    [Fact]
    public async Task RecommendAsync_AFilterThatIsNotThere_IsNotFound() =>
        await NotFoundAsync(new() { CampaignArn = _personal, UserId = "u", FilterArn = "arn:aws:personalize:us-east-1:111111111111:filter/f" }, ServingWorld.Alice);

    [Fact]
    public async Task RecommendAsync_MadeUpCampaigns_ActivateNoGrainAndHoldLittleMemory()
    {
        for (var i = 0; i < 300; i++) await NotFoundAsync(new() { CampaignArn = $"arn:aws:personalize:us-east-1:111111111111:campaign/c{i}", UserId = "u" }, ServingWorld.Alice);

        Assert.Equal(0, _world.Grains.Questions);
    }

    [Fact]
    public async Task RecommendAsync_CampaignRemoved_IsNotFoundAtOnce()
    {
        Assert.NotEmpty(await _world.ItemsForAsync(ServingWorld.Alice, _personal, "u"));

        _world.Grains.Campaigns.Clear();
        _world.Feed.Publish(new Change(ChangedSubject.Campaign, _personal, 1));

        await NotFoundAsync(new() { CampaignArn = _personal, UserId = "u" }, ServingWorld.Alice);
    }

    [Fact]
    public async Task RecommendAsync_CancelledAlready_StopsAndHarmsNobodyElse()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _world.Recommendations.RecommendAsync(new() { CampaignArn = _personal, UserId = "u" }, ServingWorld.Alice, new CancellationToken(canceled: true)).AsTask());

        Assert.NotEmpty(await _world.ItemsForAsync(ServingWorld.Alice, _personal, "u"));
    }

    [Fact]
    public async Task RecommendAsync_ModelThrows_HarmsNoOtherRequest()
    {
        var group = _world.AddGroup(ServingWorld.Bob);
        var fails = true;
        var campaign = _world.AddCampaign(group, new FakeModel("aws-user-personalization", "a", "b") { Score = (_, _) => fails ? throw new InvalidOperationException("defect") : 1 });

        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.ItemsForAsync(ServingWorld.Bob, campaign, "u"));
        fails = false;

        Assert.Equal(["a", "b"], await _world.ItemsForAsync(ServingWorld.Bob, campaign, "u"));
        Assert.NotEmpty(await _world.ItemsForAsync(ServingWorld.Alice, _personal, "u"));
    }

    private async Task InvalidAsync(GetRecommendationsRequest request, string says)
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _world.Recommendations.RecommendAsync(request, ServingWorld.Alice, default).AsTask());
        Assert.Equal(RefusalCode.InvalidInput, refusal.Code);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    private async Task InvalidRankingAsync(GetPersonalizedRankingRequest request, string says)
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _world.Recommendations.RankAsync(request, ServingWorld.Alice, default).AsTask());
        Assert.Equal(RefusalCode.InvalidInput, refusal.Code);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
    }

    private async Task NotFoundAsync(GetRecommendationsRequest request, Kindred.Contracts.Access.Caller caller)
    {
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => _world.Recommendations.RecommendAsync(request, caller, default).AsTask());
        Assert.Equal(RefusalCode.ResourceNotFound, refusal.Code);
    }

    private static Dictionary<string, IReadOnlyList<string>> Columns(string dataset, params string[] columns) => new() { [dataset] = columns };

    public void Dispose() => _world.Dispose();
}
