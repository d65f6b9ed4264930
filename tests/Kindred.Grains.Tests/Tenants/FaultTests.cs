using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
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
        silo.Get<FaultyStorage>().FailsNext = StateNames.DatasetGroup;

        await Assert.ThrowsAnyAsync<Exception>(() => shop.Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, shop.Retrying("call")));
        var afterFailure = await silo.Grains.GetGrain<IDatasetGroupGrain>(shop.GroupArn).DescribeAsync(default);
        await shop.Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, shop.Retrying("call"));
        var afterRetry = await silo.Grains.GetGrain<IDatasetGroupGrain>(shop.GroupArn).DescribeAsync(default);

        Assert.Null(afterFailure);
        Assert.Equal(ResourceStatus.Active, afterRetry!.Status);
    }

    [Fact]
    public async Task Create_WhoseWriteLandedUnanswered_IsThereAndItsRetryIsAnswered()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, FaultyStorage.Decorate);
        var shop = new Shop(silo, SiloFixture.NewTenant());
        (silo.Get<FaultyStorage>().FailsNext, silo.Get<FaultyStorage>().Lands) = (StateNames.DatasetGroup, true);

        await Assert.ThrowsAnyAsync<Exception>(() => shop.Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, shop.Retrying("call")));
        var afterFailure = await silo.Grains.GetGrain<IDatasetGroupGrain>(shop.GroupArn).DescribeAsync(default);
        var retried = await shop.Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, shop.Retrying("call"));

        Assert.Equal(ResourceStatus.Active, afterFailure!.Status);
        Assert.Equal(shop.GroupArn, retried.DatasetGroupArn);
    }

    [Fact]
    public async Task Change_WhoseWriteIsRefused_IsNotSeenAfterwards()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, FaultyStorage.Decorate);
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        silo.Get<FaultyStorage>().FailsNext = StateNames.DatasetGroup;

        await Assert.ThrowsAnyAsync<Exception>(() =>
            shop.Tenant.TagResourceAsync(
                new() { ResourceArn = shop.GroupArn, Tags = [new() { TagKey = "a", TagValue = "b" }] }, shop.Caller));
        var tags = await shop.Tenant.ListTagsForResourceAsync(new() { ResourceArn = shop.GroupArn }, shop.Caller);

        Assert.Empty(tags.Tags!);
    }

    [Fact]
    public async Task Import_WhosePublicationIsNotWritten_IsTriedAgainAndPublishedOnce()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, FaultyStorage.Decorate);
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        silo.Get<FaultyStorage>().FailsNext = StateNames.Dataset;

        var arn = await shop.StartImportAsync("first", Shop.Interactions());
        // The reminder's part: it comes by until somebody finishes the job.
        await Eventually.IsTrueAsync(async () =>
        {
            await silo.Grains.GetGrain<Kindred.Grains.Jobs.IJobControl>(arn).ResumeAsync();
            return (await silo.Grains.GetGrain<IDatasetImportJobGrain>(arn).DescribeAsync(default))!.Status is ResourceStatus.Active;
        });

        var data = await silo.Grains.GetGrain<IDatasetGrain>(shop.DatasetArn).GetDataAsync(default);
        Assert.Equal((1, 2000), (data!.Generation, data.BulkSegments.Sum(segment => segment.RowCount)));
    }
}
