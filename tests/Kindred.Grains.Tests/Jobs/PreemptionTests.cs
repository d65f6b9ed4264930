using System.Collections.Concurrent;
using Kindred.Contracts.Jobs;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Jobs;

/// <summary>A refinement has the only place for long trainings when somebody begins to wait for one.</summary>
public sealed class PreemptionTests : IDisposable
{
    private const string Prefix = "arn:aws:personalize:us-east-1:100000000000:solution/best/";
    private readonly TemporaryFolder _data = new();
    private readonly ScriptedWork _work = new(JobKind.TrainFully)
    {
        Terms = resource => new JobTerms { GivesWay = resource.Name.EndsWith("refined") },
    };

    private readonly ConcurrentQueue<string> _steps = [];

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Refinement_WhenSomebodyWaits_StepsAsideAndGoesOnOnceNobodyDoes()
    {
        var awaitedMayEnd = new TaskCompletionSource();
        _work.Script = async run =>
        {
            var name = run.Resource.Name.Split('/')[^1];
            _steps.Enqueue($"{name} {run.Attempt} begins");
            if ((name, run.Attempt) is ("refined", 1)) await ScriptedWork.UntilCancelled(run);
            if (name is "awaited") await awaitedMayEnd.Task;
            _steps.Enqueue($"{name} {run.Attempt} ends");
            return new DeployResult(name);
        };
        await using var silo = await TestSilo.StartAsync(_data.Path, _work.Add, new JobOptions { MaxConcurrent = 1 });
        await Job(silo, "refined").StartAsync(JobKind.TrainFully);
        await _work.BeganAsync();

        await Job(silo, "awaited").StartAsync(JobKind.TrainFully);
        await Job(silo, "alsoawaited").StartAsync(JobKind.TrainFully);
        await Eventually.IsTrueAsync(async () => await DescribeAsync(silo, "refined") is { Attempt: 2, Stage: "waiting" });
        awaitedMayEnd.SetResult();
        await Eventually.IsTrueAsync(() => Task.FromResult(_work.Published == 3));

        Assert.Equal(
            [
                "refined 1 begins", "awaited 1 begins", "awaited 1 ends", "alsoawaited 1 begins", "alsoawaited 1 ends",
                "refined 2 begins", "refined 2 ends",
            ],
            _steps);
    }

    [Fact]
    public async Task CancelAsync_ARefinementThatSteppedAside_StopsItAtOnce()
    {
        _work.Script = ScriptedWork.UntilCancelled;
        await using var silo = await TestSilo.StartAsync(_data.Path, _work.Add, new JobOptions { MaxConcurrent = 1 });
        await Job(silo, "refined").StartAsync(JobKind.TrainFully);
        await _work.BeganAsync();
        await Job(silo, "awaited").StartAsync(JobKind.TrainFully);
        await Eventually.IsTrueAsync(async () => await DescribeAsync(silo, "refined") is { Attempt: 2 });

        await Job(silo, "refined").CancelAsync();

        Assert.Equal("stopped", await _work.EndedAsync());
        Assert.Null(await DescribeAsync(silo, "refined"));
    }

    private static IJobControl Job(TestSilo silo, string name) => silo.Grains.GetGrain<IJobControl>(Prefix + name);

    private static Task<JobDescription?> DescribeAsync(TestSilo silo, string name) =>
        silo.Grains.GetGrain<IJobGrain>(Prefix + name).DescribeAsync(default);
}
