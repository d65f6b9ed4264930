using Kindred.Contracts.Refusals;
using Kindred.Grains.Tests.World;

namespace Kindred.Grains.Tests.LifeCycle;

/// <summary>The delete guards, one by one.</summary>
[Collection("silo")]
public sealed class InUseTests(SiloFixture fixture)
{
    [Fact]
    public async Task DeleteDatasetGroup_WithADataset_IsRefused()
    {
        var shop = await NewShopAsync();
        await RefusedAsync(() => shop.Tenant.DeleteDatasetGroupAsync(new() { DatasetGroupArn = shop.GroupArn }, shop.Caller), shop.DatasetArn);
    }

    [Fact]
    public async Task DeleteDatasetGroup_WithASolution_IsRefused()
    {
        var shop = await NewShopAsync();
        await shop.CreateSolutionAsync();
        await shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.DatasetArn }, shop.Caller);
        await RefusedAsync(() => shop.Tenant.DeleteDatasetGroupAsync(new() { DatasetGroupArn = shop.GroupArn }, shop.Caller), shop.SolutionArn);
    }

    [Fact]
    public async Task DeleteDatasetGroup_WithAnEventTracker_IsRefused()
    {
        var shop = await NewShopAsync();
        await shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.DatasetArn }, shop.Caller);
        var tracker = await shop.Tenant.CreateEventTrackerAsync(new() { Name = "web", DatasetGroupArn = shop.GroupArn }, shop.Caller);
        await RefusedAsync(
            () => shop.Tenant.DeleteDatasetGroupAsync(new() { DatasetGroupArn = shop.GroupArn }, shop.Caller), tracker.EventTrackerArn!);
    }

    [Fact]
    public async Task DeleteDataset_OfInteractionsWithAnEventTracker_IsRefused()
    {
        var shop = await NewShopAsync();
        var tracker = await shop.Tenant.CreateEventTrackerAsync(new() { Name = "web", DatasetGroupArn = shop.GroupArn }, shop.Caller);
        await RefusedAsync(() => shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.DatasetArn }, shop.Caller), tracker.EventTrackerArn!);
    }

    [Fact]
    public async Task DeleteDataset_ThatACampaignUses_IsRefused()
    {
        var (shop, campaign) = await NewCampaignAsync();
        await RefusedAsync(() => shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.DatasetArn }, shop.Caller), campaign);
    }

    [Fact]
    public async Task DeleteSchema_ThatADatasetUses_IsRefused()
    {
        var shop = await NewShopAsync();
        await RefusedAsync(() => shop.Tenant.DeleteSchemaAsync(new() { SchemaArn = shop.SchemaArn }, shop.Caller), shop.DatasetArn);
    }

    [Fact]
    public async Task DeleteSolution_ThatACampaignUses_IsRefused()
    {
        var (shop, campaign) = await NewCampaignAsync();
        await RefusedAsync(() => shop.Tenant.DeleteSolutionAsync(new() { SolutionArn = shop.SolutionArn }, shop.Caller), campaign);
    }

    [Fact]
    public async Task CreateEventTracker_ASecondOneForTheGroup_IsRefused()
    {
        var shop = await NewShopAsync();
        await shop.Tenant.CreateEventTrackerAsync(new() { Name = "web", DatasetGroupArn = shop.GroupArn }, shop.Caller);
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => shop.Tenant.CreateEventTrackerAsync(new() { Name = "app", DatasetGroupArn = shop.GroupArn }, shop.Caller));
        Assert.Equal(RefusalCode.ResourceAlreadyExists, refused.Code);
    }

    [Fact]
    public async Task Delete_WhatIsNotThere_IsNotFound()
    {
        var shop = new Shop(fixture.Silo, SiloFixture.NewTenant());
        var refused = await Assert.ThrowsAsync<RefusedException>(
            () => shop.Tenant.DeleteSolutionAsync(new() { SolutionArn = shop.SolutionArn }, shop.Caller));
        Assert.Equal((RefusalCode.ResourceNotFound, $"Resource Arn {shop.SolutionArn} does not exist."), (refused.Code, refused.Message));
    }

    private Task<Shop> NewShopAsync() => new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();

    private async Task<(Shop Shop, string CampaignArn)> NewCampaignAsync()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync();
        var version = await shop.VersionAsync(await shop.StartTrainingAsync());
        var campaign = await shop.Tenant.CreateCampaignAsync(new() { Name = "home", SolutionVersionArn = version.SolutionVersionArn! }, shop.Caller);
        await shop.CampaignAsync(campaign.CampaignArn!);
        return (shop, campaign.CampaignArn!);
    }

    private static async Task RefusedAsync(Func<Task> delete, string because)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(delete);
        Assert.Equal(RefusalCode.ResourceInUse, refused.Code);
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }
}
