using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Datasets;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Grains.Tests.LifeCycle;

/// <summary>Resources while their jobs wait or run: a silo of its own, whose executor never starts an attempt.</summary>
public sealed class UnfinishedWorkTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Delete_WhileTrainingWaits_IsRefused()
    {
        await using var silo = await StartWithoutThreadsAsync();
        var shop = await NewShopAsync(silo);
        var version = await shop.StartTrainingAsync();

        await RefusedAsync(() => shop.Tenant.DeleteSolutionAsync(new() { SolutionArn = shop.SolutionArn }, shop.Caller), version);
        await RefusedAsync(() => shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.DatasetArn }, shop.Caller), version);
        await RefusedAsync(() => shop.Tenant.CreateCampaignAsync(new() { Name = "home", SolutionVersionArn = version }, shop.Caller), version);
    }

    [Fact]
    public async Task StopSolutionVersionCreation_WhileItWaits_StopsItAtOnce()
    {
        await using var silo = await StartWithoutThreadsAsync();
        var shop = await NewShopAsync(silo);
        var version = await shop.StartTrainingAsync();

        await shop.Tenant.StopSolutionVersionCreationAsync(new() { SolutionVersionArn = version }, shop.Caller);

        var stopped = await silo.Grains.FindAsync<SolutionVersionState>(version);
        Assert.Equal(ResourceStatus.CreateStopped, stopped!.Status);
        var again = await Assert.ThrowsAsync<RefusedException>(
            () => shop.Tenant.StopSolutionVersionCreationAsync(new() { SolutionVersionArn = version }, shop.Caller));
        Assert.Contains("CREATE STOPPED", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateDatasetImportJob_TheSixthUnfinished_IsRefused()
    {
        await using var silo = await StartWithoutThreadsAsync();
        var shop = await NewShopAsync(silo);
        for (var i = 0; i < 5; i++) await shop.StartImportAsync($"import{i}", Shop.Interactions(rows: 10));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => shop.StartImportAsync("import5", Shop.Interactions(rows: 10)));

        Assert.Equal(RefusalCode.LimitExceeded, refused.Code);
        Assert.Equal(
            "More than 5 resources with PENDING or IN_PROGRESS status. The quota of dataset import jobs that wait or run is 5.", refused.Message);
        await RefusedAsync(() => shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.DatasetArn }, shop.Caller), "dataset-import-job/import");
    }

    [Fact]
    public async Task Start_AfterAStop_GoesOnWithImportsAndTrainings()
    {
        string import, version;
        Shop shop;
        await using (var stopped = await StartWithoutThreadsAsync())
        {
            shop = await NewShopAsync(stopped);
            import = await shop.StartImportAsync("first", Shop.Interactions());
            version = await shop.StartTrainingAsync();
        }

        await using var silo = await TestSilo.StartAsync(_data.Path);
        var imported = await Shop.SettleAsync(() => silo.Grains.FindAsync<DatasetImportJobState>(import), job => job.Status);
        var trained = await Shop.SettleAsync(() => silo.Grains.FindAsync<SolutionVersionState>(version), one => one.Status);

        Assert.Equal(ResourceStatus.Active, imported.Status);
        // The two ran side by side, so the training saw the import or it did not: it ended, and it says why.
        Assert.True(
            trained.Status is ResourceStatus.Active || trained.Version.FailureReason == "Dataset has fewer than 1000 interactions.",
            trained.Version.FailureReason);
    }

    [Fact]
    public async Task Train_WithMoreMemoryThanThereIsForOne_FailsAndSaysSo()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, jobs: new JobOptions { MaxTrainingBytes = 1 << 20 });
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync();

        var version = await shop.VersionAsync(await shop.StartTrainingAsync());

        Assert.Equal(ResourceStatus.CreateFailed, version.Status);
        Assert.Contains("MiB of memory; 1 MiB are there for one", version.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAResourceWhoseJobWasNeverStored_StartsTheJob()
    {
        string import;
        var faulty = new Action<IServiceCollection>(FaultyStorage.Decorate);
        await using (var silo = await TestSilo.StartAsync(_data.Path, faulty))
        {
            var shop = await NewShopAsync(silo);
            silo.Get<FaultyStorage>().FailsNext = StateNames.Job; // the process dies between the two writes of a create
            await Assert.ThrowsAnyAsync<Exception>(() => shop.StartImportAsync("first", Shop.Interactions()));
            import = shop.Name("dataset-import-job/first");
            Assert.Equal(ResourceStatus.CreatePending, (await silo.Grains.FindAsync<DatasetImportJobState>(import))!.Status);
        }

        await using var next = await TestSilo.StartAsync(_data.Path);

        var imported = await Shop.SettleAsync(() => next.Grains.FindAsync<DatasetImportJobState>(import), job => job.Status);
        Assert.Equal(ResourceStatus.Active, imported.Status);
    }

    [Fact]
    public async Task Start_WithFilesThatNothingNames_RemovesThemAndKeepsTheOthers()
    {
        DatasetData data;
        await using (var silo = await TestSilo.StartAsync(_data.Path))
        {
            var shop = await NewShopAsync(silo);
            await shop.ImportAsync("first", Shop.Interactions());
            data = await silo.DataAsync(shop.DatasetArn);
        }
        var segment = Path.Combine(_data.Path, data.BulkSegments[0].Path);
        var orphan = Path.Combine(Path.GetDirectoryName(segment)!, "left.parquet");
        File.Copy(segment, orphan);
        var strangers = Path.Combine(_data.Path, "segments", data.DatasetArn.Account, "unheard-of", "ITEMS", "left.parquet");
        Directory.CreateDirectory(Path.GetDirectoryName(strangers)!);
        File.Copy(segment, strangers);

        await using var next = await TestSilo.StartAsync(_data.Path);

        Assert.False(File.Exists(orphan));
        Assert.True(File.Exists(strangers)); // the database does not know its owner: it may be the wrong database
        Assert.True(File.Exists(segment));
        Assert.True(File.Exists(Path.Combine(_data.Path, data.SnapshotPath!)));
    }

    [Fact]
    public async Task Start_AfterADeleteOfAGroupWasInterrupted_DeletesTheRest()
    {
        Shop shop;
        string group;
        await using (var silo = await TestSilo.StartAsync(_data.Path))
        {
            shop = await NewShopAsync(silo);
            group = (await shop.Tenant.CreateDatasetGroupAsync(new() { Name = "gone" }, shop.Caller)).DatasetGroupArn!;
            using var entry = CallerContext.EnterService(shop.Caller.Account, "test");
            await silo.Grains.GetGrain<IDatasetGroupResource>(group).BeginDeleteAsync();
        }
        var log = Path.Combine(_data.Path, "events", shop.Caller.Account, "gone");
        Assert.True(Directory.Exists(log));

        await using var next = await TestSilo.StartAsync(_data.Path);

        using var service = CallerContext.EnterService(shop.Caller.Account, "test");
        Assert.Null(await next.Grains.FindAsync<DatasetGroupState>(group));
        Assert.False(Directory.Exists(log));
    }

    // Trainings and data jobs have no thread to run on.
    private Task<TestSilo> StartWithoutThreadsAsync() =>
        TestSilo.StartAsync(_data.Path, jobs: new JobOptions { MaxConcurrent = 0, Lanes = { [JobLane.Data] = 0 } });

    private static async Task<Shop> NewShopAsync(TestSilo silo)
    {
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.CreateSolutionAsync();
        return shop;
    }

    private static async Task RefusedAsync(Func<Task> change, string because)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(change);
        Assert.Equal(RefusalCode.ResourceInUse, refused.Code);
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }
}
