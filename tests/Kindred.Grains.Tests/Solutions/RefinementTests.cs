using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Solutions;
using Kindred.Grains.Tests.World;
using Kindred.Recipes.Training;
using Kindred.Serving;
using Kindred.Storage.Artifacts;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Grains.Tests.Solutions;

/// <summary>A version serves its quick model while the full one is trained: real trainings, the full ones held at a gate.</summary>
public sealed class RefinementTests : IDisposable
{
    private const string Recipe = "aws-user-personalization-v2";
    private readonly TemporaryFolder _data = new();
    private readonly ManualResetEventSlim _gate = new();
    private readonly TaskCompletionSource _fullBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        _gate.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Refine_WhileACampaignServes_ReplacesItsModelAndNothingElse()
    {
        await using var silo = await StartAsync();
        var (shop, version, campaign) = await ServeQuickAsync(silo);
        var quick = await StateAsync(silo, version);
        var before = await CampaignAsync(silo, campaign);
        var requests = RecommendUntilAsync(shop, campaign, async () => (await StateAsync(silo, version)).Refinement is not Refinement.UnderWay);

        _gate.Set();
        var served = await requests;
        await Eventually.IsTrueAsync(() => Task.FromResult(!File.Exists(Path.Combine(_data.Path, quick.ArtifactPath!))));

        var full = await StateAsync(silo, version);
        Assert.Equal(
            (ResourceStatus.Active, Refinement.UnderWay, ResourceStatus.Active, Refinement.Done),
            (quick.Version.Status, quick.Refinement, full.Version.Status, full.Refinement));
        Assert.True(full.Version.TrainingHours > quick.Version.TrainingHours);
        Assert.NotEmpty(full.Metrics!);
        Assert.NotEqual(quick.ArtifactPath, full.ArtifactPath);
        Assert.True(served > 0);
        var after = await CampaignAsync(silo, campaign);
        Assert.Equal(full.ArtifactPath, after.Serving!.ArtifactPath);
        Assert.Equal(before.Campaign, after.Campaign with { UpdatedAt = before.Campaign.UpdatedAt });
        Assert.False(Directory.Exists(Path.Combine(_data.Path, ArtifactNames.TrainingFolder(Arn.Parse(version)))));
        await RecommendAsync(shop, campaign);
    }

    [Fact]
    public async Task Refine_IsShownAsAJobAndDoesNotKeepQuickTrainingsWaiting()
    {
        await using var silo = await StartAsync();
        var (shop, version, _) = await ServeQuickAsync(silo);

        var job = await silo.Grains.GetGrain<IJobGrain>(version).DescribeAsync(default);
        var other = await shop.VersionAsync(await shop.StartTrainingAsync());

        Assert.Equal((JobKind.TrainFully, "held"), (job!.Kind, job.Stage));
        Assert.Equal(ResourceStatus.Active, other.Status);
    }

    [Fact]
    public async Task Stop_ARefinement_EndsItAndKeepsTheQuickModel()
    {
        await using var silo = await StartAsync();
        var (shop, version, campaign) = await ServeQuickAsync(silo);

        await shop.Tenant.StopSolutionVersionCreationAsync(new() { SolutionVersionArn = version }, shop.Caller);
        await Eventually.IsTrueAsync(async () => await silo.Grains.GetGrain<IJobGrain>(version).DescribeAsync(default) is null);

        var state = await StateAsync(silo, version);
        Assert.Equal((ResourceStatus.Active, Refinement.Stopped), (state.Version.Status, state.Refinement));
        Assert.True(File.Exists(Path.Combine(_data.Path, state.ArtifactPath!)));
        Assert.False(Directory.Exists(Path.Combine(_data.Path, ArtifactNames.TrainingFolder(Arn.Parse(version)))));
        await RecommendAsync(shop, campaign);
    }

    [Fact]
    public async Task Delete_ASolutionThatIsRefined_LeavesNothing()
    {
        await using var silo = await StartAsync();
        var (shop, version, campaign) = await ServeQuickAsync(silo);
        var attempt = (await silo.Grains.GetGrain<IJobGrain>(version).DescribeAsync(default))!.Attempt;
        Assert.NotNull(silo.Get<JobExecutor>().Find(version, attempt));

        await shop.Tenant.DeleteCampaignAsync(new() { CampaignArn = campaign }, shop.Caller);
        await shop.Tenant.DeleteSolutionAsync(new() { SolutionArn = shop.SolutionArn }, shop.Caller);
        await Eventually.IsTrueAsync(() => Task.FromResult(silo.Get<JobExecutor>().Find(version, attempt) is null));

        Assert.Null(await silo.Grains.FindAsync<SolutionVersionState>(version));
        Assert.Empty(FilesOf("models"));
        Assert.Empty(FilesOf("trainings"));
    }

    [Fact]
    public async Task StopOfTheHost_WhileRefining_ServesAndGoesOnAtTheNextStartWithTheSameData()
    {
        string version, campaign, before;
        Shop shop;
        await using (var silo = await StartAsync())
        {
            (shop, version, campaign) = await ServeQuickAsync(silo);
            before = (await StateAsync(silo, version)).LastImportJobArn!;
            await shop.ImportAsync("newer", Shop.Interactions(seed: 9));
        }
        _gate.Set();

        await using var next = await StartAsync();
        await RecommendAsync(new Shop(next, shop.Caller), campaign);
        await Eventually.IsTrueAsync(async () => (await StateAsync(next, version)).Refinement is Refinement.Done);

        var state = await StateAsync(next, version);
        Assert.Equal(before, state.LastImportJobArn); // not the import of later
        await Eventually.IsTrueAsync(async () => (await CampaignAsync(next, campaign)).Serving!.ArtifactPath == state.ArtifactPath);
    }

    [Fact]
    public async Task Follower_OfASolution_MovesToANewVersionOnlyOnceItIsRefined()
    {
        _gate.Set();
        await using var silo = await StartAsync();
        var shop = await NewShopAsync(silo);
        var first = await shop.StartTrainingAsync();
        await Eventually.IsTrueAsync(async () => (await StateAsync(silo, first)).Refinement is Refinement.Done);
        var campaign = (await shop.Tenant.CreateCampaignAsync(
            new()
            {
                Name = "home",
                SolutionVersionArn = $"{shop.SolutionArn}/$LATEST",
                CampaignConfig = new() { SyncWithLatestSolutionVersion = true },
            },
            shop.Caller)).CampaignArn!;
        await shop.CampaignAsync(campaign);

        _gate.Reset();
        var second = await shop.StartTrainingAsync();
        await shop.VersionAsync(second);
        await shop.Tenant.CreateAsync(null); // the tenant has by now done what the version asked for
        var meanwhile = await CampaignAsync(silo, campaign);
        _gate.Set();
        await Eventually.IsTrueAsync(async () => (await CampaignAsync(silo, campaign)).Serving!.SolutionVersionArn.ToString() == second);

        Assert.Equal((first, null), (meanwhile.Serving!.SolutionVersionArn.ToString(), meanwhile.Pending));
        Assert.Equal(Refinement.Done, (await StateAsync(silo, second)).Refinement);
    }

    [Fact]
    public async Task Train_WithoutAQuickModelFirst_BecomesActiveWithTheFullOne()
    {
        _gate.Set();
        await using var silo = await StartAsync(new JobOptions { QuickFirst = false });
        var shop = await NewShopAsync(silo);

        var version = (await shop.VersionAsync(await shop.StartTrainingAsync())).SolutionVersionArn!;

        var state = await StateAsync(silo, version);
        Assert.Equal(
            (ResourceStatus.Active, Refinement.None, VersionFiles.Artifact(Arn.Parse(version), TrainingEffort.Full)),
            (state.Version.Status, state.Refinement, state.ArtifactPath));
    }

    /// <summary>The missing half: a real training, stopped in its middle, not one that waits.</summary>
    [Fact]
    public async Task Stop_ARealTrainingHalfWay_LeavesNothing()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, jobs: new JobOptions { QuickFirst = false, TrainingThreads = 1 });
        var shop = await NewShopAsync(silo, Shop.Interactions(rows: 200_000, users: 1_000, items: 3_000));
        var version = await shop.StartTrainingAsync();
        // after reading the data
        await Eventually.IsTrueAsync(async () => (await silo.Grains.GetGrain<IJobGrain>(version).DescribeAsync(default))?.Fraction > 0.12);

        await shop.Tenant.StopSolutionVersionCreationAsync(new() { SolutionVersionArn = version }, shop.Caller);
        var stopped = await shop.VersionAsync(version);

        Assert.Equal((ResourceStatus.CreateStopped, null), (stopped.Status, stopped.FailureReason));
        await Eventually.IsTrueAsync(() => Task.FromResult(FilesOf("models").Length + FilesOf("trainings").Length == 0));
    }

    [Fact]
    public async Task Search_OfHyperParameters_IsShownOnTheActiveVersion()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await NewShopAsync(silo, solution: false);
        await shop.Tenant.CreateSolutionAsync(
            new()
            {
                Name = "best",
                DatasetGroupArn = shop.GroupArn,
                RecipeArn = "arn:aws:personalize:::recipe/aws-sims",
                PerformAutoTraining = false,
                PerformHPO = true,
                SolutionConfig = new()
                {
                    HpoConfig = new()
                    {
                        HpoResourceConfig = new() { MaxNumberOfTrainingJobs = "3", MaxParallelTrainingJobs = "1" },
                        AlgorithmHyperParameterRanges = new() { IntegerHyperParameterRanges = [new() { Name = "min_cointeraction_count", MinValue = 1, MaxValue = 2 }] },
                    },
                },
            },
            shop.Caller);

        var version = await shop.VersionAsync(await shop.StartTrainingAsync());

        Assert.Equal((ResourceStatus.Active, null, true), (version.Status, version.FailureReason, version.PerformHPO));
        Assert.Equal(
            ["min_cointeraction_count", "popularity_discount_factor"],
            version.TunedHPOParams!.AlgorithmHyperParameters!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AutoMl_WithoutARecipe_ChoosesOneThatACampaignServes()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await NewShopAsync(silo, solution: false);
        string[] candidates = ["arn:aws:personalize:::recipe/aws-popularity-count", $"arn:aws:personalize:::recipe/{Recipe}"];
        await shop.Tenant.CreateSolutionAsync(
            new()
            {
                Name = "best", DatasetGroupArn = shop.GroupArn, PerformAutoTraining = false, PerformAutoML = true,
                SolutionConfig = new()
                {
                    AutoMLConfig = new() { RecipeList = candidates },
                    HpoConfig = new() { HpoResourceConfig = new() { MaxNumberOfTrainingJobs = "2" } },
                },
            },
            shop.Caller);
        var untrained = await shop.SolutionAsync();

        var version = await shop.VersionAsync(await shop.StartTrainingAsync());
        var campaign = await DeployAsync(shop, version.SolutionVersionArn!);

        Assert.Equal((ResourceStatus.Active, null), (version.Status, version.FailureReason));
        var solution = await shop.SolutionAsync();
        Assert.Null(untrained!.AutoMLResult);
        Assert.Contains(solution!.AutoMLResult!.BestRecipeArn, candidates);
        Assert.Equal(version.RecipeArn, solution.AutoMLResult.BestRecipeArn);
        await RecommendAsync(shop, campaign);
    }

    // Full trainings wait at the gate before they begin.
    private Task<TestSilo> StartAsync(JobOptions? jobs = null) => TestSilo.StartAsync(_data.Path, services =>
    {
        var real = services.Where(service => service.ServiceType == typeof(IJobRunner)).ToList();
        foreach (var service in real) services.Remove(service);
        foreach (var service in real)
        {
            services.AddSingleton<IJobRunner>(provider =>
            {
                var runner = (IJobRunner)(service.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, service.ImplementationType!));
                return runner.Kind is JobKind.TrainFully ? new GatedRunner(runner, _gate, _fullBegan) : runner;
            });
        }
    }, jobs);

    private async Task<(Shop Shop, string Version, string Campaign)> ServeQuickAsync(TestSilo silo)
    {
        var shop = await NewShopAsync(silo);
        var version = await shop.VersionAsync(await shop.StartTrainingAsync());
        Assert.Equal((ResourceStatus.Active, null), (version.Status, version.FailureReason));
        var campaign = await DeployAsync(shop, version.SolutionVersionArn!);
        await _fullBegan.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return (shop, version.SolutionVersionArn!, campaign);
    }

    private static async Task<string> DeployAsync(Shop shop, string version)
    {
        var campaign = (await shop.Tenant.CreateCampaignAsync(new() { Name = "home", SolutionVersionArn = version }, shop.Caller)).CampaignArn!;
        Assert.Equal(ResourceStatus.Active, (await shop.CampaignAsync(campaign)).Status);
        return campaign;
    }

    private static async Task<Shop> NewShopAsync(TestSilo silo, string? csv = null, bool solution = true)
    {
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        Assert.Equal(ResourceStatus.Active, (await shop.ImportAsync("first", csv ?? Shop.Interactions())).Status);
        if (solution) await shop.CreateSolutionAsync(recipe: Recipe);
        return shop;
    }

    private static async Task RecommendAsync(Shop shop, string campaign) =>
        Assert.NotEmpty((await shop.Silo.Get<RecommendationService>().RecommendAsync(new() { CampaignArn = campaign, UserId = "u1" }, shop.Caller, default)).ItemList!);

    /// <returns>How many requests were answered; one that is not fails the test.</returns>
    private static async Task<int> RecommendUntilAsync(Shop shop, string campaign, Func<Task<bool>> end)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        for (var requests = 0; ; requests++)
        {
            await RecommendAsync(shop, campaign);
            if (await end()) return requests;
            await Task.Delay(2, patience.Token); // trainings take what requests leave
        }
    }

    private static async Task<SolutionVersionState> StateAsync(TestSilo silo, string version) =>
        (await silo.Grains.FindAsync<SolutionVersionState>(version))!;

    private static async Task<CampaignState> CampaignAsync(TestSilo silo, string campaign) =>
        (await silo.Grains.FindAsync<CampaignState>(campaign))!;

    private string[] FilesOf(string folder) =>
        Directory.Exists(Path.Combine(_data.Path, folder))
            ? Directory.GetFiles(Path.Combine(_data.Path, folder), "*", SearchOption.AllDirectories)
            : [];

    private sealed class GatedRunner(IJobRunner runner, ManualResetEventSlim gate, TaskCompletionSource began) : IJobRunner
    {
        public JobKind Kind => runner.Kind;

        public Task<JobResult> RunAsync(JobRun run)
        {
            run.Report(0, "held");
            began.TrySetResult();
            try
            {
                gate.Wait(run.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                // The work itself ends what was cancelled.
            }
            return runner.RunAsync(run);
        }

        public Task DiscardAsync(Arn resource, JobResult result) => runner.DiscardAsync(resource, result);
    }
}
