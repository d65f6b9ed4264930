using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Grains.Tests.Jobs;

/// <summary>One job, and an attempt at it in a silo that only the test knows.</summary>
public sealed class JobLeaseTests : IDisposable
{
    private const string Resource = "arn:aws:personalize:us-east-1:100000000000:solution/best/0123abcd";
    private readonly TemporaryFolder _data = new();
    private readonly ScriptedWork _work = new();
    private readonly FakeTimeProvider _clock;
    private readonly DateTimeOffset _began = DateTimeOffset.UtcNow;

    public JobLeaseTests() => _clock = new FakeTimeProvider(_began);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Heartbeats_OfAnAttemptElsewhere_KeepTheLeaseAndShowItsProgress()
    {
        await using var silo = await StartAsync();
        var elsewhere = await BeginElsewhereAsync(silo, Resource);
        var writes = silo.Get<FaultyStorage>().Writes;
        var before = writes[StateNames.Job];

        for (var second = 1; second <= 60; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(JobAnswer.GoOn, await Job(silo).HeartbeatAsync(new JobHeartbeat(1, elsewhere, 0.01 * second, "counting")));
        }
        await Job(silo).ResumeAsync();

        var job = await DescribeAsync(silo, Resource);
        Assert.Equal((1, 0.6, "counting"), (job!.Attempt, job.Fraction, job.Stage));
        Assert.Equal(6, writes[StateNames.Job] - before);
    }

    [Fact]
    public async Task ResumeAsync_OnceTheLeaseHasRunOut_TakesTheJobOverAndShutsTheZombieOut()
    {
        await using var silo = await StartAsync();
        var elsewhere = await BeginElsewhereAsync(silo, Resource);

        _clock.Advance(TimeSpan.FromSeconds(29));
        await Job(silo).ResumeAsync();
        var held = await DescribeAsync(silo, Resource);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Job(silo).ResumeAsync();
        var takenOver = await DescribeAsync(silo, Resource);

        Assert.Equal((1, 2), (held!.Attempt, takenOver!.Attempt));
        Assert.Equal(JobAnswer.Superseded, await Job(silo).HeartbeatAsync(new JobHeartbeat(1, elsewhere, 0.9, "zombie")));
        Assert.False(await Job(silo).CompleteAsync(1, new DeployResult("zombie")));
        Assert.Equal(0, _work.Published);
    }

    [Fact]
    public async Task ResumeAsync_OnceTheHolderIsGone_DoesNotWaitForTheLease()
    {
        await using var silo = await StartAsync();
        var elsewhere = await BeginElsewhereAsync(silo, Resource);

        silo.Get<OtherSilos>().Leave(elsewhere);
        await Job(silo).ResumeAsync();

        Assert.Equal(2, (await DescribeAsync(silo, Resource))!.Attempt);
    }

    [Fact]
    public async Task Leave_OfASiloThatHoldsAnImport_OrdersItAnewAtOnce()
    {
        await using var silo = await StartAsync(services =>
        {
            OtherSilos.Add(services);
            services.AddSingleton<TimeProvider>(_clock);
        });
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        var import = await shop.StartImportAsync("first", Shop.Interactions());
        var elsewhere = await TakeElsewhereAsync(silo, import);

        silo.Get<OtherSilos>().Leave(elsewhere);

        await Eventually.IsTrueAsync(async () => (await DescribeAsync(silo, import))?.Attempt == 2);
    }

    [Fact]
    public async Task CancelAsync_AnAttemptElsewhere_TellsItInTheNextHeartbeat()
    {
        await using var silo = await StartAsync();
        var elsewhere = await BeginElsewhereAsync(silo, Resource);

        await Job(silo).CancelAsync();
        var ended = _work.HasEnded;
        var answer = await Job(silo).HeartbeatAsync(new JobHeartbeat(1, elsewhere, 0.5, "counting"));
        await Job(silo).CancelledAsync(1);

        Assert.Equal((false, JobAnswer.Cancelled), (ended, answer));
        Assert.Equal("stopped", await _work.EndedAsync());
    }

    [Fact]
    public async Task SuspendAsync_OfAnAttemptElsewhere_OrdersAnotherWithoutTheReminder()
    {
        await using var silo = await StartAsync();
        await BeginElsewhereAsync(silo, Resource);

        await Job(silo).SuspendAsync(1);

        await Eventually.IsTrueAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return (await DescribeAsync(silo, Resource))!.Attempt == 2;
        });
        Assert.True(_clock.GetUtcNow() - _began < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Add_AnOrderThatANewerOneHasOvertaken_ChangesNothing()
    {
        await using var silo = await StartAsync();
        var executor = silo.Get<JobExecutor>();
        executor.Add(new JobOrder(Resource, JobKind.Train, 7, JobLane.QuickTraining, JobTerms.Plain));

        Assert.True(executor.Add(new JobOrder(Resource, JobKind.Train, 6, JobLane.QuickTraining, JobTerms.Plain)));

        Assert.NotNull(executor.Find(Resource, 7));
    }

    [Fact]
    public async Task Heartbeat_OfAnAttemptThatNobodyOrdered_LetsItGo()
    {
        await using var silo = await StartAsync();
        var executor = silo.Get<JobExecutor>();
        executor.Add(new JobOrder(Resource, JobKind.Train, 7, JobLane.QuickTraining, JobTerms.Plain));
        Assert.NotNull(executor.Find(Resource, 7));

        await Eventually.IsTrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(executor.Find(Resource, 7) is null);
        });
    }

    // No lane has a thread: what is ordered here waits for ever.
    private Task<TestSilo> StartAsync() => StartAsync(services =>
    {
        _work.Add(services);
        OtherSilos.Add(services);
        FaultyStorage.Decorate(services);
        services.AddSingleton<TimeProvider>(_clock);
    });

    private Task<TestSilo> StartAsync(Action<IServiceCollection> configure) =>
        TestSilo.StartAsync(_data.Path, configure, new JobOptions { MaxConcurrent = 0, Lanes = { [JobLane.Data] = 0 } });

    private static async Task<string> BeginElsewhereAsync(TestSilo silo, string resource)
    {
        await Job(silo).StartAsync(JobKind.Train);
        return await TakeElsewhereAsync(silo, resource);
    }

    /// <summary>The first attempt leaves this silo's queue, and begins in another silo.</summary>
    private static async Task<string> TakeElsewhereAsync(TestSilo silo, string resource)
    {
        var executor = silo.Get<JobExecutor>();
        executor.End(executor.Find(resource, 1)!, JobEnding.Superseded);
        var elsewhere = silo.Get<OtherSilos>().Join(port: 7);
        Assert.True(await silo.Grains.GetGrain<IJobControl>(resource).BeginAsync(1, elsewhere));
        return elsewhere;
    }

    private static Task<JobDescription?> DescribeAsync(TestSilo silo, string resource) =>
        silo.Grains.GetGrain<IJobGrain>(resource).DescribeAsync(default);

    private static IJobControl Job(TestSilo silo) => silo.Grains.GetGrain<IJobControl>(Resource);
}
