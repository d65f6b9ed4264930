using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Telemetry;
using Kindred.Grains.Tests.World;
using Kindred.Testing.Telemetry;

namespace Kindred.Grains.Tests.Telemetry;

[Collection("silo")]
public sealed class MetricsTests(SiloFixture fixture)
{
    private const string Recipe = "aws-popularity-count";

    [Fact]
    public async Task Work_OfOneTenant_IsCountedUnderItsAccount()
    {
        using var measured = new Measurements(KindredTelemetry.Name);
        var shop = await new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();
        var tenant = (TelemetryAttributes.Tenant, shop.Caller.Account);

        await shop.ImportAsync("rows", Shop.Interactions() + "u1,i1,never,View\nu2,i2,never,View\n");
        await shop.CreateSolutionAsync(recipe: Recipe);
        var version = await shop.VersionAsync(await shop.StartTrainingAsync());
        var campaign = await shop.Tenant.CreateCampaignAsync(new() { Name = "home", SolutionVersionArn = version.SolutionVersionArn! }, shop.Caller);
        Assert.Equal(ResourceStatus.Active, (await shop.CampaignAsync(campaign.CampaignArn!)).Status);
        for (var i = 0; i < 3; i++) await RecommendAsync(shop, campaign.CampaignArn!);
        await Assert.ThrowsAsync<RefusedException>(() => RecommendAsync(shop, shop.Name("campaign/none")));
        var tracker = await shop.Tenant.CreateEventTrackerAsync(new() { Name = "clicks", DatasetGroupArn = shop.GroupArn }, shop.Caller);
        await fixture.Silo.CallAsync(shop.Caller, Clicks(tracker.TrackingId!, 2));
        measured.Observe();

        Assert.Equal([2000], measured.Of("kindred.import.rows", tenant, ("kindred.dataset.type", "INTERACTIONS"), ("kindred.import.outcome", "good")));
        Assert.Equal([2], measured.Of("kindred.import.rows", tenant, ("kindred.import.outcome", "refused")));
        Assert.Equal([1, 1, 1], measured.Of(
            "kindred.recommendations", tenant, (TelemetryAttributes.Recipe, Recipe), ("kindred.rung", "popularity")));
        Assert.Equal([2], measured.Of("kindred.ingestion.records", tenant, ("kindred.record.type", "event")));
        Assert.Equal(4, measured.Of("kindred.operation.duration", tenant, (TelemetryAttributes.Operation, "GetRecommendations")).Count);
        Assert.Single(measured.Of("kindred.operation.duration", tenant, (TelemetryAttributes.ErrorType, "ResourceNotFound")));
        Assert.All(new[] { "Import", "Train", "Deploy" }, kind =>
            Assert.NotEmpty(measured.Of("kindred.job.duration", ("kindred.job.kind", kind), ("kindred.job.outcome", "Done"))));
        Assert.All(new[] { "Data", "QuickTraining", "Deploy" }, lane =>
            Assert.NotEmpty(measured.Of("kindred.job.queue.duration", ("kindred.job.lane", lane))));
        Assert.NotEmpty(measured.Of("kindred.model.load.duration", (TelemetryAttributes.Recipe, Recipe)));
        Assert.All(measured.Of("kindred.model.mapped"), bytes => Assert.True(bytes > 0));
        Assert.All(new[] { "campaigns", "groups", "models" }, cache => // the first recommendation asks, or a deploy has; the others find it held
            Assert.True(Assert.Single(measured.Of("kindred.cache.lookups", ("kindred.cache.name", cache), ("kindred.cache.result", "hit"))) >= 2));
        Assert.NotEmpty(measured.Of("kindred.event_log.write.duration"));
        Assert.NotEmpty(measured.Of("kindred.ingestion.effect.duration", ("kindred.record.type", "event")));
    }

    private static Task<GetRecommendationsResponse> RecommendAsync(Shop shop, string campaignArn) =>
        shop.Silo.CallAsync<GetRecommendationsRequest, GetRecommendationsResponse>(shop.Caller, new() { CampaignArn = campaignArn, UserId = "u1" });

    private static PutEventsRequest Clicks(string trackingId, int count) => new()
    {
        TrackingId = trackingId, UserId = "u1", SessionId = "s",
        EventList = [.. Enumerable.Range(0, count).Select(i => new Event { EventType = "Click", ItemId = $"i{i}", SentAt = DateTimeOffset.UtcNow })],
    };
}
