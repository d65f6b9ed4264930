using Kindred.Contracts.Arns;
using Kindred.Serving.Endpoints;
using Kindred.Serving.Tests.World;

namespace Kindred.Serving.Tests.Endpoints;

public sealed class EndpointDirectoryTests : IDisposable
{
    private readonly ServingWorld _world = new();

    [Fact]
    public async Task FindAsync_TwoKindsOfEndpoint_EachIsFoundByItsArn()
    {
        var campaign = Arn.Parse(_world.AddCampaign(_world.AddGroup(ServingWorld.Alice), new FakeModel("aws-sims", "a"), metadata: true));
        var directory = new EndpointDirectory([new CampaignEndpoints(_world.Campaigns), new Solutions()]);

        var found = await directory.FindAsync(campaign, default);

        Assert.Equal((campaign, "aws-sims", true), (found!.EndpointArn, found.Recipe, found.MetadataEnabled));
        Assert.Same(found, await directory.FindAsync(campaign, default));
        Assert.Equal("of a solution", (await directory.FindAsync(Arn.Solution(ServingWorld.Region, "111111111111", "s"), default))!.Recipe);
        Assert.Null(await directory.FindAsync(Arn.Campaign(ServingWorld.Region, "111111111111", "no such"), default));
        Assert.Null(await directory.FindAsync(Arn.EventTracker(ServingWorld.Region, "111111111111", "t"), default));
    }

    private sealed class Solutions : IEndpointSource
    {
        public Task AskAgainAsync(Arn endpoint, CancellationToken cancellationToken) => Task.CompletedTask;

        public string ResourceType => ResourceTypes.Solution;

        public ValueTask<ServedEndpoint?> FindAsync(Arn endpoint, CancellationToken cancellationToken) => new(new ServedEndpoint
        {
            EndpointArn = endpoint,
            DatasetGroupArn = endpoint,
            Recipe = "of a solution",
            ArtifactPath = "",
            ItemExploration = new Dictionary<string, string>(),
            RankingInfluence = new Dictionary<string, double>(),
        });
    }

    public void Dispose() => _world.Dispose();
}
