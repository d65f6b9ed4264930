using Kindred.Contracts.Jobs;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Jobs;

public sealed class JobGrainTests : IDisposable
{
    private const string Resource = "arn:aws:personalize:us-east-1:100000000000:solution/best/0123abcd";
    private readonly TemporaryFolder _data = new();
    private readonly ScriptedWork _work = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task StartAsync_WorkThatSucceeds_IsPublishedOnceAndForgotten()
    {
        await using var silo = await StartAsync();

        await Job(silo).StartAsync(JobKind.Train);
        await _work.EndedAsync();

        Assert.Equal(1, _work.Published);
        await Eventually.IsTrueAsync(async () => await silo.Grains.GetGrain<IJobGrain>(Resource).DescribeAsync(default) is null);
    }

    [Fact]
    public async Task StartAsync_WhileUnfinished_StartsNothingMore()
    {
        _work.Script = ScriptedWork.UntilCancelled;
        await using var silo = await StartAsync();

        await Job(silo).StartAsync(JobKind.Train);
        await _work.BeganAsync();
        await Job(silo).StartAsync(JobKind.Train);
        await Job(silo).ResumeAsync();

        Assert.Equal([1], _work.Attempts);
    }

    [Fact]
    public async Task DescribeAsync_WhileAnAttemptRuns_ShowsItsProgress()
    {
        _work.Script = run =>
        {
            run.Report(0.4, "counting");
            return ScriptedWork.UntilCancelled(run);
        };
        await using var silo = await StartAsync();

        await Job(silo).StartAsync(JobKind.Train);
        await Eventually.IsTrueAsync(async () => (await silo.Grains.GetGrain<IJobGrain>(Resource).DescribeAsync(default))?.Stage == "counting");

        var job = await silo.Grains.GetGrain<IJobGrain>(Resource).DescribeAsync(default);
        Assert.Equal((0.4, 1, JobKind.Train), (job!.Fraction, job.Attempt, job.Kind));
    }

    [Fact]
    public async Task CompleteAsync_ByAStaleAttempt_PublishesNothing()
    {
        _work.Script = ScriptedWork.UntilCancelled;
        await using var silo = await StartAsync();
        await Job(silo).StartAsync(JobKind.Train);
        await _work.BeganAsync();

        Assert.False(await Job(silo).CompleteAsync(attempt: 0, new DeployResult("zombie")));
        Assert.False(await Job(silo).BeginAsync(attempt: 0, "nowhere"));
        await Job(silo).FailAsync(attempt: 0, "zombie", final: true);
        await Job(silo).CancelledAsync(attempt: 0);

        Assert.Equal(0, _work.Published);
        Assert.False(_work.HasEnded);
    }

    [Fact]
    public async Task CompleteAsync_AfterTheJobWasForgotten_MakesTheAttemptDiscardItsResult()
    {
        var mayEnd = new TaskCompletionSource();
        _work.Script = async _ =>
        {
            await mayEnd.Task;
            return new DeployResult("too late");
        };
        await using var silo = await StartAsync();
        await Job(silo).StartAsync(JobKind.Train);
        await _work.BeganAsync();

        await Job(silo).ForgetAsync();
        mayEnd.SetResult();

        await Eventually.IsTrueAsync(() => Task.FromResult(_work.Discarded == 1));
        Assert.Equal(0, _work.Published);
    }

    [Fact]
    public async Task CancelAsync_ARunningAttempt_StopsIt()
    {
        _work.Script = ScriptedWork.UntilCancelled;
        await using var silo = await StartAsync();
        await Job(silo).StartAsync(JobKind.Train);
        await _work.BeganAsync();

        await Job(silo).CancelAsync();

        Assert.Equal("stopped", await _work.EndedAsync());
    }

    [Fact]
    public async Task CancelAsync_AnAttemptThatWaits_StopsItAtOnce()
    {
        _work.Script = ScriptedWork.UntilCancelled;
        await using var silo = await StartAsync();
        await Job(silo).StartAsync(JobKind.Train);
        await _work.BeganAsync();
        var second = silo.Grains.GetGrain<IJobControl>(Resource + "0");
        await second.StartAsync(JobKind.Train);

        await second.CancelAsync();

        Assert.Equal("stopped", await _work.EndedAsync());
        Assert.Single(_work.Attempts);
    }

    [Fact]
    public async Task RunAsync_ThatIsRefused_FailsWithItsSentenceAtOnce()
    {
        _work.Script = _ => throw new RefusedException(RefusalCode.InvalidInput, "There is no data.");
        await using var silo = await StartAsync();

        await Job(silo).StartAsync(JobKind.Train);

        Assert.Equal("There is no data.", await _work.EndedAsync());
        Assert.Single(_work.Attempts);
    }

    [Fact]
    public async Task RunAsync_OnAFailingDisk_IsTriedThreeTimes()
    {
        _work.Script = _ => throw new IOException("No space left on device.");
        await using var silo = await StartAsync();

        await Job(silo).StartAsync(JobKind.Train);
        // What the reminder does every minute.
        await Eventually.IsTrueAsync(async () =>
        {
            if (!_work.HasEnded) await Job(silo).ResumeAsync();
            return _work.HasEnded;
        });

        Assert.Contains("No space left on device.", await _work.EndedAsync(), StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], _work.Attempts);
    }

    [Fact]
    public async Task StopOfTheHost_MidJob_SuspendsItAndTheNextStartGoesOn()
    {
        _work.Script = ScriptedWork.UntilCancelled;
        for (var start = 1; start <= 5; start++) // more often than attempts may fail
        {
            await using var silo = await StartAsync();
            _work.Rearm();
            await Job(silo).StartAsync(JobKind.Train);
            await _work.BeganAsync();
        }

        _work.Script = _ => Task.FromResult<JobResult>(new DeployResult("made"));
        await using var last = await StartAsync();
        await Job(last).ResumeAsync();

        Assert.Equal("published", await _work.EndedAsync());
        Assert.Equal([1, 2, 3, 4, 5, 6], _work.Attempts);
    }

    [Fact]
    public async Task DeathOfTheHost_ThreeTimesMidJob_GivesTheJobUp()
    {
        var mayEnd = new ManualResetEventSlim();
        _work.Script = _ =>
        {
            mayEnd.Wait(); // deaf to cancellation: the stop below leaves it behind, as a death would
            return Task.FromResult<JobResult>(new DeployResult("zombie"));
        };
        for (var start = 1; start <= 3; start++)
        {
            var silo = await StartAsync();
            _work.Rearm();
            await Job(silo).StartAsync(JobKind.Train);
            await _work.BeganAsync();
            await silo.StopAsync(TimeSpan.FromMilliseconds(200));
        }

        await using var last = await StartAsync();
        await Job(last).ResumeAsync();
        var reason = await _work.EndedAsync();
        mayEnd.Set(); // the zombies report to nobody

        Assert.Contains("given up after 3 attempts", reason, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], _work.Attempts);
        Assert.Equal(0, _work.Published);
    }

    [Fact]
    public async Task CompleteAsync_OnDataThatHasMovedOn_StartsAnewAtOnceAndBlamesNobody()
    {
        var movedOn = 4; // more often than attempts may fail
        _work.IsCurrent = () => movedOn-- <= 0;
        _work.Script = run => run.Attempt == 5
            ? throw new IOException("No space left on device.") : Task.FromResult<JobResult>(new DeployResult("made"));
        await using var silo = await StartAsync();

        await Job(silo).StartAsync(JobKind.Train);
        // The one failure is not the last one that may be.
        await Eventually.IsTrueAsync(async () =>
        {
            if (!_work.HasEnded) await Job(silo).ResumeAsync();
            return _work.HasEnded;
        });

        Assert.Equal("published", await _work.EndedAsync());
        Assert.Equal([1, 2, 3, 4, 5, 6], _work.Attempts);
        Assert.Equal((1, 4), (_work.Published, _work.Discarded));
    }

    private Task<TestSilo> StartAsync() => TestSilo.StartAsync(_data.Path, _work.Add, new JobOptions { MaxConcurrent = 1 });

    private static IJobControl Job(TestSilo silo) => silo.Grains.GetGrain<IJobControl>(Resource);
}
