using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Datasets;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Storage.Events;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Datasets;

public sealed class CompactionTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Look_ALogWithManyRecords_IsCompactedAndTrainsLikeBefore()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, jobs: new JobOptions { CompactionRecords = 1500 });
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.CreateSolutionAsync();
        await StreamAsync(silo, shop, 1400);
        await silo.Get<CompactionSchedule>().LookAsync();
        var waiting = await silo.Grains.GetGrain<IJobGrain>(shop.GroupArn).DescribeAsync(default);
        var fromLog = await shop.VersionAsync(await shop.StartTrainingAsync());

        await StreamAsync(silo, shop, 100);
        await silo.Get<CompactionSchedule>().LookAsync();
        await Eventually.IsTrueAsync(async () => (await DataAsync(silo, shop)).CompactedThrough == 1500);
        var fromSegments = await shop.VersionAsync(await shop.StartTrainingAsync());

        Assert.Null(waiting);
        Assert.Equal((ResourceStatus.Active, null), (fromLog.Status, fromLog.FailureReason));
        Assert.Equal((ResourceStatus.Active, null), (fromSegments.Status, fromSegments.FailureReason));
        var data = await DataAsync(silo, shop);
        Assert.Equal(1500, data.StreamedSegments.Sum(segment => segment.RowCount));
        Assert.NotNull(data.SnapshotPath);
    }

    [Fact]
    public async Task Create_ADatasetInPlaceOfADeletedOne_DoesNotInheritItsEvents()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await StreamAsync(silo, shop, 10);

        await shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.DatasetArn }, shop.Caller);
        await shop.Tenant.CreateDatasetAsync(
            new() { Name = "again", SchemaArn = shop.SchemaArn, DatasetGroupArn = shop.GroupArn, DatasetType = "Interactions" },
            shop.Caller);

        Assert.Equal(10, (await DataAsync(silo, shop)).CompactedThrough);
    }

    private static async Task StreamAsync(TestSilo silo, Shop shop, int count)
    {
        var events = Enumerable.Range(0, count).Select(i => new StreamedEvent(
            $"u{i % 50}", $"s{i % 50}", Guid.NewGuid().ToString(), "View", null, $"i{i % 37}",
            DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + i), null, null, null, null));
        await silo.Get<IEventLog>().AppendAsync(Arn.Parse(shop.GroupArn), [.. events], default);
    }

    private static async Task<DatasetData> DataAsync(TestSilo silo, Shop shop) =>
        await silo.DataAsync(shop.DatasetArn);
}
