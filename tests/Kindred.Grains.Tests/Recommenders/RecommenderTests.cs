using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Tests.World;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace Kindred.Grains.Tests.Recommenders;

/// <summary>The life of a recommender: real trainings, of a recipe that counts.</summary>
public sealed class RecommenderTests : IDisposable
{
    private const string ByViews = "aws-ecomm-popular-items-by-views";
    private readonly TemporaryFolder _data = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Stop_AndStart_EndAndBeginServing()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var (shop, arn) = await ServeAsync(silo);

        await shop.CallAsync<StopRecommenderRequest, StopRecommenderResponse>(new() { RecommenderArn = arn });
        var stopped = await shop.DescribeAsync(arn);
        var silent = await RefusedAsync(() => shop.RecommendAsync(arn, "u0"));
        var again = await RefusedAsync(() => shop.CallAsync<StopRecommenderRequest, StopRecommenderResponse>(new() { RecommenderArn = arn }));
        await shop.CallAsync<StartRecommenderRequest, StartRecommenderResponse>(new() { RecommenderArn = arn });
        var started = await shop.SettleAsync(arn);

        Assert.Equal((ResourceStatus.Inactive, ResourceStatus.Active), (stopped.Status, started.Status));
        Assert.Equal((RefusalCode.ResourceNotFound, RefusalCode.ResourceInUse), (silent.Code, again.Code));
        Assert.Contains($"recommender '{arn}'", silent.Message, StringComparison.Ordinal);
        Assert.Equal(DomainShop.Seen, (await shop.RecommendAsync(arn, "u0"))[0]);
    }

    [Fact]
    public async Task Update_OfSettings_KeepsTheModel_AndOfColumnsTrainsAnew()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var (shop, arn) = await ServeAsync(silo, new() { MinRecommendationRequestsPerSecond = 2 });
        var before = await StateAsync(silo, arn);

        await UpdateAsync(shop, arn, new() { EnableMetadataWithRecommendations = true });
        var settings = await shop.SettleAsync(arn);
        var kept = await StateAsync(silo, arn);
        await UpdateAsync(shop, arn, new() { TrainingDataConfig = new() { ExcludedDatasetColumns = Columns("ITEMS", "SHELF") } });
        var columns = await shop.SettleAsync(arn);
        var trained = await StateAsync(silo, arn);

        Assert.Equal((2, true), (settings.RecommenderConfig!.MinRecommendationRequestsPerSecond, settings.RecommenderConfig.EnableMetadataWithRecommendations));
        Assert.Equal((ResourceStatus.Active, ResourceStatus.Active), (settings.LatestRecommenderUpdate!.Status, columns.LatestRecommenderUpdate!.Status));
        Assert.Equal(before.Model!.VersionArn, kept.Model!.VersionArn);
        Assert.NotEqual(before.Model.VersionArn, trained.Model!.VersionArn);
        Assert.Equal((2, true), (columns.RecommenderConfig!.MinRecommendationRequestsPerSecond, columns.RecommenderConfig.EnableMetadataWithRecommendations));
        // The older version goes once the newer one serves.
        await Eventually.IsTrueAsync(async () => await silo.Grains.FindAsync<SolutionVersionState>(before.Model.VersionArn.ToString()) is null);
        await Eventually.IsTrueAsync(() => Task.FromResult(!File.Exists(Path.Combine(_data.Path, before.Model.ArtifactPath))));
        Assert.Equal(DomainShop.Seen, (await shop.RecommendAsync(arn, "u0"))[0]);
    }

    [Fact]
    public async Task Create_WithTooFewEvents_FailsWithTheReasonThatClientsKnow()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await new DomainShop(silo, SiloFixture.NewTenant(), DomainShop.Video).OpenAsync(withData: false);
        await shop.Shop.ImportAsync("few", Shop.Interactions());

        var arn = await shop.CreateAsync("front", "aws-vod-most-popular");
        var failed = await shop.SettleAsync(arn);
        var update = await RefusedAsync(() => UpdateAsync(shop, arn, new() { MinRecommendationRequestsPerSecond = 2 }));
        await shop.CallAsync<DeleteDatasetRequest>(new() { DatasetArn = shop.Shop.DatasetArn });

        Assert.Equal(
            (ResourceStatus.CreateFailed, "Dataset has fewer than 1000 interactions after filtering by event type: Watch"),
            (failed.Status, failed.FailureReason));
        Assert.Equal(RefusalCode.ResourceInUse, update.Code);
        await Eventually.IsTrueAsync(async () => (await VersionsAsync(silo, arn)).Count == 0);
    }

    [Fact]
    public async Task Create_WhatCannotBe_IsRefusedWithEverythingThatIsWrong()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await new DomainShop(silo, SiloFixture.NewTenant(), DomainShop.Video).OpenAsync(withData: false);
        var custom = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();

        Task<string> CustomAsync() => new DomainShop(silo, custom.Caller, DomainShop.Video).CreateAsync("a", "aws-vod-top-picks");

        Assert.Contains("a use case of the domain ECOMMERCE; one of aws-vod-because-you-watched-x,", await SentenceAsync(() => shop.CreateAsync("a", ByViews)));
        Assert.Contains("is for solutions", await SentenceAsync(() => shop.CreateAsync("a", "aws-sims")));
        Assert.Contains("does not exist", await SentenceAsync(() => shop.CreateAsync("a", "aws-nothing")));
        Assert.Contains("create an Items dataset", await SentenceAsync(() => shop.CreateAsync("a", "aws-vod-more-like-x")));
        Assert.Contains("has no domain", await SentenceAsync(CustomAsync));
        var explored = await SentenceAsync(() => shop.CreateAsync("a", "aws-vod-most-popular", new()
        {
            ItemExplorationConfig = new Dictionary<string, string> { ["explorationWeight"] = "0.3" },
            TrainingDataConfig = new() { ExcludedDatasetColumns = Columns("INTERACTIONS", "EVENT_TYPE") },
        }));
        Assert.Contains("has no itemExplorationConfig", explored);
        Assert.Contains("EVENT_TYPE cannot be excluded", explored);
    }

    [Fact]
    public async Task ARecommender_KeepsItsGroupAndData_IsListed_AndLeavesNothingWhenDeleted()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var (shop, arn) = await ServeAsync(silo);

        var listed = await shop.CallAsync<ListRecommendersRequest, ListRecommendersResponse>(new() { DatasetGroupArn = shop.GroupArn });
        var versions = await shop.CallAsync<ListSolutionVersionsRequest, ListSolutionVersionsResponse>(new());
        var again = await RefusedAsync(() => shop.CreateAsync("front", ByViews));
        var dataset = await RefusedAsync(() => shop.CallAsync<DeleteDatasetRequest>(new() { DatasetArn = shop.Shop.DatasetArn }));
        await shop.CallAsync<DeleteRecommenderRequest>(new() { RecommenderArn = arn });
        var gone = await RefusedAsync(() => shop.DescribeAsync(arn));
        var silent = await RefusedAsync(() => shop.RecommendAsync(arn, "u0"));
        await shop.CallAsync<DeleteDatasetRequest>(new() { DatasetArn = shop.Shop.DatasetArn });
        await shop.CallAsync<DeleteDatasetGroupRequest>(new() { DatasetGroupArn = shop.GroupArn });

        Assert.Equal((arn, ByViews, ResourceStatus.Active), listed.Recommenders! is [var one] ? (one.RecommenderArn, one.RecipeArn!.Split('/')[1], one.Status) : default);
        Assert.Empty(versions.SolutionVersions!);
        Assert.Equal(
            (RefusalCode.ResourceAlreadyExists, RefusalCode.ResourceInUse, RefusalCode.ResourceNotFound, RefusalCode.ResourceNotFound),
            (again.Code, dataset.Code, gone.Code, silent.Code));
        Assert.Empty(await VersionsAsync(silo, arn));
        Assert.Empty(Directory.GetFiles(Path.Combine(_data.Path, "models"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Restart_WhileTraining_GoesOn_AndServesAfterASecondRestart()
    {
        var caller = SiloFixture.NewTenant();
        string arn;
        await using (var silo = await TestSilo.StartAsync(_data.Path))
        {
            var shop = await new DomainShop(silo, caller, DomainShop.Ecommerce).OpenAsync();
            arn = await shop.CreateAsync("front", ByViews);
        }
        await using (var silo = await TestSilo.StartAsync(_data.Path))
            Assert.Equal(ResourceStatus.Active, (await new DomainShop(silo, caller, DomainShop.Ecommerce).SettleAsync(arn)).Status);

        await using var last = await TestSilo.StartAsync(_data.Path);
        Assert.Equal(DomainShop.Seen, (await new DomainShop(last, caller, DomainShop.Ecommerce).RecommendAsync(arn, "u0"))[0]);
    }

    [Fact]
    public async Task Reminder_OfAnOldModelWithNewData_RenewsItWithoutAWord()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path, UseFakeTime);
        var (shop, arn) = await ServeAsync(silo);
        var first = (await StateAsync(silo, arn)).Model!.VersionArn;

        await RemindAsync(silo, shop, arn);
        await shop.Shop.ImportAsync("more", Shop.Interactions(), "INCREMENTAL");
        await RemindAsync(silo, shop, arn); // new data, and the model is young
        var young = await StateAsync(silo, arn);
        _clock.Advance(TimeSpan.FromDays(7));
        await RemindAsync(silo, shop, arn);
        await Eventually.IsTrueAsync(async () => (await StateAsync(silo, arn)).Model!.VersionArn != first);
        await Eventually.IsTrueAsync(async () => (await VersionsAsync(silo, arn)).Count == 1);
        await RemindAsync(silo, shop, arn);

        Assert.Equal((first, null), (young.Model!.VersionArn, young.TrainingArn));
        var renewed = await shop.DescribeAsync(arn);
        Assert.Equal((ResourceStatus.Active, null), (renewed.Status, renewed.LatestRecommenderUpdate));
        Assert.Null((await StateAsync(silo, arn)).TrainingArn);
    }

    [Fact]
    public async Task GetRecommendations_WithTheWrongMember_SaysWhichWasExpected()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var (shop, arn) = await ServeAsync(silo);

        var asCampaign = await RefusedAsync(() => shop.CallAsync<GetRecommendationsRequest, GetRecommendationsResponse>(new() { CampaignArn = arn }));
        var both = await RefusedAsync(() => shop.CallAsync<GetRecommendationsRequest, GetRecommendationsResponse>(
            new() { CampaignArn = arn, RecommenderArn = arn }));

        Assert.Equal($"campaignArn is '{arn}'; the ARN of a campaign was expected.", asCampaign.Message);
        Assert.Equal("Exactly one of campaignArn and recommenderArn is required.", both.Message);
    }

    private static async Task<(DomainShop Shop, string Arn)> ServeAsync(TestSilo silo, RecommenderConfig? config = null)
    {
        var shop = await new DomainShop(silo, SiloFixture.NewTenant(), DomainShop.Ecommerce).OpenAsync();
        var arn = await shop.CreateAsync("front", ByViews, config);
        Assert.Equal(ResourceStatus.Active, (await shop.SettleAsync(arn)).Status);
        return (shop, arn);
    }

    private static Task<UpdateRecommenderResponse> UpdateAsync(DomainShop shop, string arn, RecommenderConfig config) =>
        shop.CallAsync<UpdateRecommenderRequest, UpdateRecommenderResponse>(new() { RecommenderArn = arn, RecommenderConfig = config });

    private static async Task<RecommenderState> StateAsync(TestSilo silo, string arn) => (await silo.Grains.FindAsync<RecommenderState>(arn))!;

    private static async Task<IReadOnlyList<CatalogEntry<SolutionVersionState>>> VersionsAsync(TestSilo silo, string arn) =>
        await silo.Catalog.ScanAsync<SolutionVersionState>(SolutionVersionState.Kind.StateName, $"{arn}/", null, 10, default);

    // The recommender asks its tenant one way; the tenant's next answer comes after that.
    private static async Task RemindAsync(TestSilo silo, DomainShop shop, string arn)
    {
        await silo.Grains.GetGrain<IRemindable>(GrainId.Create("recommender", arn)).ReceiveReminder("train", default);
        await shop.Shop.Tenant.CreateAsync(null);
    }

    private static Dictionary<string, IReadOnlyList<string>> Columns(string type, string column) => new() { [type] = [column] };

    private static Task<RefusedException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RefusedException>(call);

    private static async Task<string> SentenceAsync(Func<Task> call) => (await RefusedAsync(call)).Message;

    // Our clock only: the silo's own timers keep real time.
    private void UseFakeTime(IServiceCollection services)
    {
        services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        services.AddSingleton<TimeProvider>(_clock);
    }
}
