using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Datasets;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Grains.Tests.Jobs;

/// <summary>Two jobs that build on one dataset's manifest: real imports, with more than one thread for them.</summary>
public sealed class ManifestGuardTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Imports_OfOneDatasetInOneSilo_RunOneAfterTheOther()
    {
        await using var silo = await StartAsync(_ => Task.CompletedTask);
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.ImportAsync("full", Shop.Interactions());

        var imports = await Task.WhenAll(
            Enumerable.Range(1, 3).Select(i => shop.StartImportAsync($"more{i}", Shop.Interactions(seed: i), "INCREMENTAL")));
        foreach (var import in imports) await SettleAsync(silo, import);

        var data = await silo.DataAsync(shop.DatasetArn);
        Assert.Equal((4, 8000), (data!.Generation, data.BulkSegments.Sum(segment => segment.RowCount)));
        Assert.All(await AttemptsAsync(silo, imports), attempts => Assert.Equal(1, attempts));
    }

    [Fact]
    public async Task Import_ThatAnotherSiloOvertakes_IsMadeAnewAndLosesNothing()
    {
        var (overtaken, dataset) = (false, "");
        TestSilo? current = null;
        await using var silo = current = await StartAsync(async run =>
        {
            if (run.Resource.Name != "second" || overtaken) return;
            overtaken = true;
            // The other silo's import: it has built on the same generation, and is published first.
            var now = (await current!.Grains.FindAsync<DatasetState>(dataset))!.Data;
            await current.Grains.GetGrain<IDatasetResource>(dataset).PublishImportAsync(new ImportPublication
            {
                ImportJobArn = "elsewhere", ReplacesBulk = false, Segments = [], SnapshotPath = now.SnapshotPath!, Generation = now.Generation,
                GoodRows = 0, BadRows = 0,
            });
        });
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        dataset = shop.DatasetArn;
        await shop.ImportAsync("first", Shop.Interactions());

        var second = await shop.ImportAsync("second", Shop.Interactions(seed: 2), "INCREMENTAL");

        var data = await silo.DataAsync(dataset);
        Assert.Equal((ResourceStatus.Active, null, true), (second.Status, second.FailureReason, overtaken));
        Assert.Equal((3, 4000), (data!.Generation, data.BulkSegments.Sum(segment => segment.RowCount)));
        Assert.Equal(2, Assert.Single(await AttemptsAsync(silo, [second.DatasetImportJobArn!])));
        var segments = Directory.GetFiles(Path.Combine(_data.Path, "segments"), "*.parquet", SearchOption.AllDirectories);
        Assert.Equal(data.BulkSegments.Select(segment => Path.Combine(_data.Path, segment.Path)).Order(), segments.Order());
    }

    /// <param name="made">Hears of every import that was made and is not yet published.</param>
    private Task<TestSilo> StartAsync(Func<JobRun, Task> made) => TestSilo.StartAsync(
        _data.Path,
        services =>
        {
            var real = services.First(service => service.ServiceType == typeof(IJobRunner) && service.ImplementationType == typeof(ImportRunner));
            services.Remove(real);
            services.AddSingleton<IJobRunner>(provider => new WatchedRunner(ActivatorUtilities.CreateInstance<ImportRunner>(provider), made));
        },
        new JobOptions { Lanes = { [JobLane.Data] = 3 } });

    private static async Task SettleAsync(TestSilo silo, string import)
    {
        var job = await Shop.SettleAsync(() => silo.Grains.FindAsync<DatasetImportJobState>(import), job => job.Status);
        Assert.Equal((ResourceStatus.Active, null), (job.Status, job.ImportJob.FailureReason));
    }

    private static async Task<int[]> AttemptsAsync(TestSilo silo, string[] jobs)
    {
        var states = await silo.Catalog.ScanAsync<JobState>(StateNames.Job, "", null, 100, CancellationToken.None);
        return [.. jobs.Select(job => states.Single(state => state.Key == job).State.Attempt)];
    }

    private sealed class WatchedRunner(IJobRunner runner, Func<JobRun, Task> made) : IJobRunner
    {
        public JobKind Kind => runner.Kind;

        public async Task<JobResult> RunAsync(JobRun run)
        {
            var result = await runner.RunAsync(run);
            await made(run);
            return result;
        }

        public Task DiscardAsync(Arn resource, JobResult result) => runner.DiscardAsync(resource, result);
    }
}
