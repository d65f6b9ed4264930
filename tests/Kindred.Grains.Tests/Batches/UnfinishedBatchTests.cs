using Kindred.Contracts.Access;
using Kindred.Contracts.Batches;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Batches;

/// <summary>Batch jobs that wait, are stopped on the way, or go on in another process; on silos of their own.</summary>
public sealed class UnfinishedBatchTests : IDisposable
{
    private const int Lines = 30_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Run_StoppedOnTheWay_GoesOnWithWhatIsDone_AndAnswersEachLineOnce()
    {
        string job;
        Caller caller;
        await using (var first = await TestSilo.StartAsync(_data.Path))
        {
            var shop = await OpenAsync(first);
            caller = shop.Caller;
            job = await shop.CreateAsync(shop.InferenceRequest("long", await TrainAsync(shop)));
            await UntilBegunAsync(shop, job);
        }
        var parts = Directory.GetFiles(Path.Combine(_data.Path, "outputs"), "*.part", SearchOption.AllDirectories);
        Assert.InRange(parts.Length, 1, 14);
        // What is there is there for good: nobody computes it again, whatever it says.
        foreach (var part in parts)
            await File.WriteAllTextAsync(part, string.Concat((await File.ReadAllLinesAsync(part)).Select(line => line.Replace("null}", "\"kept\"}") + "\n")));

        await using var second = await TestSilo.StartAsync(_data.Path);

        var state = await Shop.SettleAsync(() => second.Grains.FindAsync<BatchInferenceJobState>(job), one => one.Status);
        Assert.Equal((ResourceStatus.Active, null, Lines, 0), (state.Status, state.Job.FailureReason, state.Lines, state.RefusedLines));
        var lines = await new Shop(second, caller).ReadLinesAsync("out/users.out");
        Assert.Equal(
            Enumerable.Range(0, Lines).Select(line => $"u{line}"), lines.Select(line => line.GetProperty("input").GetProperty("userId").GetString()));
        Assert.Equal(parts.Length * 2_000, lines.Count(line => line.Error() == "kept"));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_data.Path, "outputs", caller.Account, "shop")));
    }

    [Fact]
    public async Task Cancel_OnTheWay_EndsTheJob_AndLeavesNothing()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await OpenAsync(silo);
        var arn = await shop.CreateAsync(shop.InferenceRequest("long", await TrainAsync(shop)));
        await UntilBegunAsync(shop, arn);

        await silo.Grains.GetGrain<IJobGrain>(arn).CancelAsync();

        var job = await Shop.SettleAsync(() => shop.InferenceJobAsync(arn), one => one.Status!);
        Assert.Equal(("CREATE FAILED", "The batch inference job was stopped."), (job.Status, job.FailureReason));
        var missing = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => shop.ReadTextAsync("out/users.out"));
        Assert.NotNull(missing);
    }

    [Fact]
    public async Task WhileItWaits_WhatItNeedsIsKept_AndTheSixthIsRefused()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, jobs: new JobOptions { Lanes = { [JobLane.Batch] = 0 } });
        var shop = await OpenAsync(silo);
        var version = await TrainAsync(shop);
        await silo.CallAsync<CreateFilterRequest, CreateFilterResponse>(shop.Caller, new()
        {
            Name = "met", DatasetGroupArn = shop.GroupArn, FilterExpression = "EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"*\")",
        });
        for (var i = 0; i < 5; i++) await shop.CreateAsync(shop.InferenceRequest($"job{i}", version) with { FilterArn = shop.Name("filter/met") });

        await RefusedAsync(() => silo.CallAsync(shop.Caller, new DeleteFilterRequest { FilterArn = shop.Name("filter/met") }));
        await RefusedAsync(() => shop.Tenant.DeleteSolutionAsync(new() { SolutionArn = shop.SolutionArn }, shop.Caller));
        await silo.CallAsync<CreateDatasetExportJobRequest, CreateDatasetExportJobResponse>(shop.Caller, new()
        {
            JobName = "export", DatasetArn = shop.DatasetArn, RoleArn = "arn:aws:iam::123456789012:role/r",
            JobOutput = new() { S3DataDestination = new() { Path = "s3://data/out/" } },
        });
        var sixth = await Assert.ThrowsAsync<RefusedException>(() => shop.CreateAsync(shop.InferenceRequest("job5", version)));
        Assert.Equal(RefusalCode.LimitExceeded, sixth.Code);
        Assert.Equal(
            "More than 5 resources with PENDING or IN_PROGRESS status. The quota of batch inference jobs that wait or run is 5.", sixth.Message);

        async Task RefusedAsync(Func<Task> delete)
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(delete);
            Assert.Equal(RefusalCode.ResourceInUse, refused.Code);
            Assert.Contains("batch-inference-job/job0, which has not ended", refused.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Waits until the first lines are answered. The job tells its grain, and the grain is asked: there is no signal to await.</summary>
    private static async Task UntilBegunAsync(Shop shop, string job)
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await shop.Silo.Grains.GetGrain<IJobGrain>(job).DescribeAsync(patience.Token))?.Stage.Contains("answered", StringComparison.Ordinal) is not true)
            await Task.Delay(5, patience.Token);
    }

    private static async Task<Shop> OpenAsync(TestSilo silo)
    {
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.PutLinesAsync("in/users", Enumerable.Range(0, Lines).Select(line => $$"""{"userId":"u{{line}}"}"""));
        return shop;
    }

    private static async Task<string> TrainAsync(Shop shop)
    {
        await shop.CreateSolutionAsync("best", "aws-user-personalization-v2");
        var version = await shop.StartTrainingAsync();
        await shop.VersionAsync(version);
        return version;
    }
}
