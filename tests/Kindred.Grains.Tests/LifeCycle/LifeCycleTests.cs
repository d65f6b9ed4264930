using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Tests.World;
using Kindred.Serving;
using Kindred.Testing;

namespace Kindred.Grains.Tests.LifeCycle;

[Collection("silo")]
public sealed class LifeCycleTests(SiloFixture fixture)
{
    [Fact]
    public async Task Import_Train_Deploy_EndsInACampaignThatServes()
    {
        var shop = await NewShopAsync();

        var import = await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync(recipe: "aws-user-personalization-v2");
        var version = await shop.VersionAsync(await shop.StartTrainingAsync());
        var created = await shop.Tenant.CreateCampaignAsync(new() { Name = "home", SolutionVersionArn = version.SolutionVersionArn! }, shop.Caller);
        var campaignArn = created.CampaignArn!;
        var campaign = await shop.CampaignAsync(campaignArn);

        Assert.Equal((ResourceStatus.Active, null), (import.Status, import.FailureReason));
        Assert.Equal((ResourceStatus.Active, null), (version.Status, version.FailureReason));
        Assert.Equal((ResourceStatus.Active, null), (campaign.Status, campaign.FailureReason));
        Assert.Equal("MANUAL", version.TrainingType);
        var answer = await shop.Silo.Get<RecommendationService>()
            .RecommendAsync(new() { CampaignArn = campaignArn, UserId = "u1" }, shop.Caller, default);
        Assert.NotEmpty(answer.ItemList!);
    }

    [Fact]
    public async Task Training_ThatEnded_HasMetricsAndOneArtifact()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync();

        var arn = await shop.StartTrainingAsync();
        await shop.VersionAsync(arn);

        var state = await shop.Silo.Grains.FindAsync<SolutionVersionState>(arn);
        Assert.Contains("coverage", state!.Metrics!.Keys);
        Assert.True(File.Exists(Path.Combine(fixture.DataPath, state.ArtifactPath!)));
        Assert.Equal(shop.Name("dataset-import-job/first"), state.LastImportJobArn);
    }

    [Fact]
    public async Task Training_OnTooLittleData_FailsWithTheServicesSentence()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("few", Shop.Interactions(rows: 1200, users: 20));
        await shop.CreateSolutionAsync();

        var version = await shop.VersionAsync(await shop.StartTrainingAsync());

        Assert.Equal(ResourceStatus.CreateFailed, version.Status);
        Assert.Equal("Dataset has fewer than 25 users with at least 2 interactions each.", version.FailureReason);
    }

    [Fact]
    public async Task Import_Incremental_AddsAndFullReplaces()
    {
        var shop = await NewShopAsync();

        await shop.ImportAsync("first", Shop.Interactions(rows: 1500));
        await shop.ImportAsync("more", Shop.Interactions(rows: 1100, seed: 2), "INCREMENTAL");
        var both = await DataAsync(shop);
        await shop.ImportAsync("again", Shop.Interactions(rows: 1300, seed: 3));
        var replaced = await DataAsync(shop);

        Assert.Equal(2600, both.BulkSegments.Sum(segment => segment.RowCount));
        Assert.Equal(1300, replaced.BulkSegments.Sum(segment => segment.RowCount));
        Assert.All(both.BulkSegments, segment =>
            Assert.False(File.Exists(Path.Combine(fixture.DataPath, segment.Path)), "A replaced segment was left behind."));
        Assert.All(replaced.BulkSegments, segment => Assert.True(File.Exists(Path.Combine(fixture.DataPath, segment.Path))));
    }

    [Fact]
    public async Task Import_OfNothingUsable_FailsAndLeavesTheDatasetAlone()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("first", Shop.Interactions(rows: 1000));
        var before = await DataAsync(shop);

        var wrong = await shop.ImportAsync("wrong", "USER_ID,TIMESTAMP\nu1,1\n");
        var small = await shop.ImportAsync("small", Shop.Interactions(rows: 10), "INCREMENTAL");
        var missing = await shop.Tenant.CreateDatasetImportJobAsync(
            new() { JobName = "missing", DatasetArn = shop.DatasetArn, DataSource = new() { DataLocation = "s3://data/none.csv" } }, shop.Caller);
        var absent = await Shop.SettleAsync(() => shop.ImportJobAsync(missing.DatasetImportJobArn!), job => job.Status!);

        Assert.Equal(ResourceStatus.CreateFailed, wrong.Status);
        Assert.StartsWith("Input CSV is missing the following columns:", wrong.FailureReason, StringComparison.Ordinal);
        Assert.Contains("at least 1000 rows", small.FailureReason, StringComparison.Ordinal);
        Assert.StartsWith("Invalid Data location.", absent.FailureReason, StringComparison.Ordinal);
        var after = await DataAsync(shop);
        Assert.Equal((before.Generation, before.SnapshotPath), (after.Generation, after.SnapshotPath));
    }

    [Fact]
    public async Task UpdateCampaign_ToANewVersion_KeepsServingTheOldOneUntilItIsLoaded()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync();
        var first = await shop.VersionAsync(await shop.StartTrainingAsync());
        var second = await shop.VersionAsync(await shop.StartTrainingAsync());
        var created = await shop.Tenant.CreateCampaignAsync(new() { Name = "home", SolutionVersionArn = first.SolutionVersionArn! }, shop.Caller);
        var arn = created.CampaignArn!;
        await shop.CampaignAsync(arn);

        await shop.Tenant.UpdateCampaignAsync(new() { CampaignArn = arn, SolutionVersionArn = second.SolutionVersionArn }, shop.Caller);
        var updated = await shop.CampaignAsync(arn);

        Assert.Equal(ResourceStatus.Active, updated.Status);
        Assert.Equal(
            (ResourceStatus.Active, second.SolutionVersionArn),
            (updated.LatestCampaignUpdate!.Status, updated.LatestCampaignUpdate.SolutionVersionArn));
        Assert.Equal(second.SolutionVersionArn, updated.SolutionVersionArn);
        var serving = await shop.Silo.Get<CampaignDirectory>().FindAsync(Arn.Parse(arn), default);
        Assert.Equal(second.SolutionVersionArn, serving!.SolutionVersionArn.ToString());
    }

    [Fact]
    public async Task Campaign_ThatFollowsItsSolution_MovesToEveryNewVersion()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync();
        await shop.VersionAsync(await shop.StartTrainingAsync());
        var arn = (await shop.Tenant.CreateCampaignAsync(
            new()
            {
                Name = "home",
                SolutionVersionArn = $"{shop.SolutionArn}/$LATEST",
                CampaignConfig = new() { SyncWithLatestSolutionVersion = true },
            },
            shop.Caller)).CampaignArn!;
        await shop.CampaignAsync(arn);

        var second = await shop.VersionAsync(await shop.StartTrainingAsync());

        await Eventually.IsTrueAsync(async () => (await shop.CampaignAsync(arn)).SolutionVersionArn == second.SolutionVersionArn);
    }

    [Fact]
    public async Task DescribeSolution_ShowsItsLatestVersion()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync();
        await shop.VersionAsync(await shop.StartTrainingAsync());
        var second = await shop.VersionAsync(await shop.StartTrainingAsync());

        var solution = await shop.SolutionAsync();

        Assert.Equal(second.SolutionVersionArn, solution!.LatestSolutionVersion!.SolutionVersionArn);
        Assert.Equal(ResourceStatus.Active, solution.LatestSolutionVersion.Status);
    }

    [Fact]
    public async Task DescribeSolution_ShowsWhereTheRangesOfASearchBelong()
    {
        var shop = await NewShopAsync();
        await shop.Tenant.CreateSolutionAsync(
            new()
            {
                Name = "best", DatasetGroupArn = shop.GroupArn, RecipeArn = "arn:aws:personalize:::recipe/aws-user-personalization",
                PerformAutoTraining = false, PerformHPO = true,
                SolutionConfig = new()
                {
                    HpoConfig = new()
                    {
                        AlgorithmHyperParameterRanges = new()
                        {
                            IntegerHyperParameterRanges = [new() { Name = "bptt", MinValue = 2, MaxValue = 3 }],
                            CategoricalHyperParameterRanges = [new() { Name = "recency_mask", Values = ["true"] }],
                        },
                    },
                },
            },
            shop.Caller);

        var shown = (await shop.SolutionAsync()).SolutionConfig!.HpoConfig!.AlgorithmHyperParameterRanges!;

        Assert.Equal(
            ("training.bptt", "data.recency_mask"),
            (shown.IntegerHyperParameterRanges![0].Name, shown.CategoricalHyperParameterRanges![0].Name));
    }

    [Fact]
    public async Task Delete_FromTheCampaignToTheGroup_LeavesNoFileOfTheTenant()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync();
        var version = await shop.VersionAsync(await shop.StartTrainingAsync());
        var created = await shop.Tenant.CreateCampaignAsync(new() { Name = "home", SolutionVersionArn = version.SolutionVersionArn! }, shop.Caller);
        var campaign = created.CampaignArn!;
        await shop.CampaignAsync(campaign);

        await shop.Tenant.DeleteCampaignAsync(new() { CampaignArn = campaign }, shop.Caller);
        await shop.Tenant.DeleteSolutionAsync(new() { SolutionArn = shop.SolutionArn }, shop.Caller);
        await shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.DatasetArn }, shop.Caller);
        await shop.Tenant.DeleteDatasetGroupAsync(new() { DatasetGroupArn = shop.GroupArn }, shop.Caller);
        await shop.Tenant.DeleteSchemaAsync(new() { SchemaArn = shop.SchemaArn }, shop.Caller);

        Assert.Null(await shop.Silo.Grains.FindAsync<DatasetImportJobState>(shop.Name("dataset-import-job/first")));
        Assert.Null(await shop.Silo.Grains.FindAsync<CampaignState>(campaign));
        Assert.Null(await shop.Silo.Grains.FindAsync<SolutionVersionState>(version.SolutionVersionArn!));
        Assert.Null(await shop.Silo.Grains.FindAsync<DatasetGroupState>(shop.GroupArn));
        var left = new[] { "segments", "snapshots", "models" }.Select(kind => Path.Combine(fixture.DataPath, kind, shop.Caller.Account))
            .Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
        Assert.Empty(left);
    }

    [Fact]
    public async Task DeleteDatasetGroup_WithImportJobs_FreesTheirNames()
    {
        var shop = await NewShopAsync();
        await shop.ImportAsync("monday", Shop.Interactions());
        await shop.Tenant.DeleteDatasetAsync(new() { DatasetArn = shop.DatasetArn }, shop.Caller);
        await shop.Tenant.DeleteDatasetGroupAsync(new() { DatasetGroupArn = shop.GroupArn }, shop.Caller);
        await shop.Tenant.DeleteSchemaAsync(new() { SchemaArn = shop.SchemaArn }, shop.Caller);

        await shop.OpenAsync();

        Assert.Equal(ResourceStatus.Active, (await shop.ImportAsync("monday", Shop.Interactions())).Status);
    }

    private Task<Shop> NewShopAsync() => new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();

    private static async Task<DatasetData> DataAsync(Shop shop) =>
        await shop.Silo.DataAsync(shop.DatasetArn);
}
