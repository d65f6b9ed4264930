using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Tests.World;

namespace Kindred.Grains.Tests.LifeCycle;

[Collection("silo")]
public sealed class IdempotencyTests(SiloFixture fixture)
{
    [Fact]
    public async Task Create_TheSameCallAgain_GetsTheSameAnswer()
    {
        var shop = await NewShopAsync();
        var retrying = shop.Retrying("call-1");

        var first = await shop.Tenant.CreateDatasetGroupAsync(new() { Name = "other", Domain = "ECOMMERCE" }, retrying);
        var second = await shop.Tenant.CreateDatasetGroupAsync(new() { Name = "other", Domain = "ECOMMERCE" }, retrying);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Create_AnotherCall_IsToldThatTheNameIsTaken()
    {
        var shop = await NewShopAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => shop.Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, shop.Retrying("another")));

        Assert.Equal(RefusalCode.ResourceAlreadyExists, refused.Code);
        Assert.Equal($"Another resource with Arn {shop.GroupArn} already exists", refused.Message);
    }

    [Fact]
    public async Task CreateSolutionVersion_TheSameCallAgain_MakesOneVersion()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync();
        var request = new CreateSolutionVersionRequest { SolutionArn = shop.SolutionArn };

        var first = await shop.Tenant.CreateSolutionVersionAsync(request, shop.Retrying("call-2"));
        var again = await shop.Tenant.CreateSolutionVersionAsync(request, shop.Retrying("call-2"));
        var other = await shop.Tenant.CreateSolutionVersionAsync(request, shop.Retrying("call-3"));

        Assert.Equal(first.SolutionVersionArn, again.SolutionVersionArn);
        Assert.NotEqual(first.SolutionVersionArn, other.SolutionVersionArn);
        var versions = await shop.Silo.Catalog.ScanAsync<SolutionVersionState>(SolutionVersionState.Kind.StateName, $"{shop.SolutionArn}/", null, 10, default);
        Assert.Equal(2, versions.Count);
        await shop.VersionAsync(first.SolutionVersionArn!);
        await shop.VersionAsync(other.SolutionVersionArn!);
    }

    [Fact]
    public async Task CreateEventTracker_TheSameCallAgain_GetsTheSameTrackingId()
    {
        var shop = await NewShopAsync();
        var request = new CreateEventTrackerRequest { Name = "web", DatasetGroupArn = shop.GroupArn };

        var first = await shop.Tenant.CreateEventTrackerAsync(request, shop.Retrying("call-4"));
        var again = await shop.Tenant.CreateEventTrackerAsync(request, shop.Retrying("call-4"));

        Assert.Equal(first, again);
        Assert.True(Guid.TryParse(first.TrackingId, out _));
    }

    private Task<Shop> NewShopAsync() => new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();
}
