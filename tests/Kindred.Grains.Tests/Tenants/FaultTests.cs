using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Tests.World;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Tenants;

/// <summary>A state write that fails leaves memory as storage has it, whichever that is.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Create_WhoseWriteIsRefused_LeavesNothingAndCanBeRepeated()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, FaultyStorage.Decorate);
        var shop = new Shop(silo, SiloFixture.NewTenant());
        silo.Get<FaultyStorage>().FailsNext = DatasetGroupState.Kind.StateName;

        await Assert.ThrowsAnyAsync<Exception>(() => shop.Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, shop.Retrying("call")));
        var afterFailure = await silo.Grains.FindAsync<DatasetGroupState>(shop.GroupArn);
        await shop.Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, shop.Retrying("call"));
        var afterRetry = await silo.Grains.FindAsync<DatasetGroupState>(shop.GroupArn);

        Assert.Null(afterFailure);
        Assert.Equal(ResourceStatus.Active, afterRetry!.Status);
    }

    [Fact]
    public async Task Create_WhoseWriteLandedUnanswered_IsThereAndItsRetryIsAnswered()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, FaultyStorage.Decorate);
        var shop = new Shop(silo, SiloFixture.NewTenant());
        (silo.Get<FaultyStorage>().FailsNext, silo.Get<FaultyStorage>().Lands) = (DatasetGroupState.Kind.StateName, true);

        await Assert.ThrowsAnyAsync<Exception>(() => shop.Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, shop.Retrying("call")));
        var afterFailure = await silo.Grains.FindAsync<DatasetGroupState>(shop.GroupArn);
        var retried = await shop.Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, shop.Retrying("call"));

        Assert.Equal(ResourceStatus.Active, afterFailure!.Status);
        Assert.Equal(shop.GroupArn, retried.DatasetGroupArn);
    }

    [Fact]
    public async Task Change_WhoseWriteIsRefused_IsNotSeenAfterwards()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, FaultyStorage.Decorate);
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        silo.Get<FaultyStorage>().FailsNext = DatasetGroupState.Kind.StateName;

        await Assert.ThrowsAnyAsync<Exception>(() =>
            shop.Tenant.TagResourceAsync(
                new() { ResourceArn = shop.GroupArn, Tags = [new() { TagKey = "a", TagValue = "b" }] }, shop.Caller));
        var tags = await silo.CallAsync<ListTagsForResourceRequest, ListTagsForResourceResponse>(
            shop.Caller, new() { ResourceArn = shop.GroupArn });

        Assert.Empty(tags.Tags!);
    }

    [Fact]
    public async Task Import_WhosePublicationIsNotWritten_IsTriedAgainAndPublishedOnce()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, FaultyStorage.Decorate);
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        silo.Get<FaultyStorage>().FailsNext = DatasetState.Kind.StateName;

        var arn = await shop.StartImportAsync("first", Shop.Interactions());
        // The reminder's part: it comes by until somebody finishes the job.
        await Eventually.IsTrueAsync(async () =>
        {
            await silo.Grains.GetGrain<Kindred.Grains.Jobs.IJobControl>(arn).ResumeAsync();
            return (await silo.Grains.FindAsync<DatasetImportJobState>(arn))!.Status is ResourceStatus.Active;
        });

        var data = await silo.DataAsync(shop.DatasetArn);
        Assert.Equal((1, 2000), (data!.Generation, data.BulkSegments.Sum(segment => segment.RowCount)));
    }
}
