using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Kindred.Grains.Tests.World;

namespace Kindred.Grains.Tests.Tenants;

/// <summary>What an operator allows one tenant holds for the next thing that it makes, and the refusal names the quota.</summary>
[Collection("silo")]
public sealed class QuotaTests(SiloFixture fixture)
{
    private readonly Caller _caller = SiloFixture.NewTenant();

    [Fact]
    public async Task Quotas_OfJobs_HoldEachForItsOwnKind_AndAreNamed()
    {
        await fixture.Silo.Tenant(_caller).CreateAsync(null);
        var shop = await new Shop(fixture.Silo, _caller).OpenAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.PutLinesAsync("in/lines.json", """{"userId":"u0"}""");
        await shop.PutLinesAsync("users.csv", "USER_ID", "nobody");
        var (popular, affinity) = (await TrainAsync(shop, "aws-popularity-count"), await TrainAsync(shop, "aws-item-affinity"));
        (Func<Task> Create, TenantQuotas None, string Names)[] kinds =
        [
            (() => shop.CreateAsync(shop.InferenceRequest("job", popular)), new() { UnfinishedBatchInferenceJobs = 0 }, "batch inference jobs"),
            (() => shop.CreateAsync(shop.SegmentRequest("job", affinity)), new() { UnfinishedBatchSegmentJobs = 0 }, "batch segment jobs"),
            (() => ExportAsync(shop), new() { UnfinishedExportJobs = 0 }, "dataset export jobs"),
            (() => ForgetAsync(shop), new() { UnfinishedDeletionJobsPerGroup = 0 }, "data deletion jobs of a dataset group"),
        ];

        foreach (var (create, none, names) in kinds)
        {
            await shop.Tenant.SetQuotasAsync(none);
            var refused = await RefusedAsync(create);
            Assert.Equal(RefusalCode.LimitExceeded, refused.Code);
            Assert.Equal($"More than 0 resources with PENDING or IN_PROGRESS status. The quota of {names} that wait or run is 0.", refused.Message);
            // None of all the others keeps it from being made.
            await shop.Tenant.SetQuotasAsync(Others(names));
            await create();
        }
    }

    [Fact]
    public async Task Quotas_OfRecommenders_HoldForTheNextOne()
    {
        await fixture.Silo.Tenant(_caller).CreateAsync(null);
        var shop = await new DomainShop(fixture.Silo, _caller, DomainShop.Video).OpenAsync();
        await shop.Shop.Tenant.SetQuotasAsync(new() { RecommendersPerDatasetGroup = 1 });
        await shop.CreateAsync("first", "aws-vod-most-popular");

        var refused = await RefusedAsync(() => shop.CreateAsync("second", "aws-vod-most-popular"));
        await shop.Shop.Tenant.SetQuotasAsync(new() { RecommendersPerDatasetGroup = 2 });
        await shop.CreateAsync("second", "aws-vod-most-popular");

        Assert.Equal((RefusalCode.LimitExceeded, "A dataset group can have at most 1 recommenders."), (refused.Code, refused.Message));
    }

    private static TenantQuotas Others(string names) => new()
    {
        UnfinishedBatchInferenceJobs = names is "batch inference jobs" ? null : 0,
        UnfinishedBatchSegmentJobs = names is "batch segment jobs" ? null : 0,
        UnfinishedExportJobs = names is "dataset export jobs" ? null : 0,
        UnfinishedDeletionJobsPerGroup = names is "data deletion jobs of a dataset group" ? null : 0,
    };

    private static async Task<string> TrainAsync(Shop shop, string recipe)
    {
        await shop.CreateSolutionAsync(recipe, recipe);
        var arn = (await shop.Tenant.CreateSolutionVersionAsync(new() { SolutionArn = shop.Name($"solution/{recipe}") }, shop.Caller)).SolutionVersionArn!;
        Assert.Equal("ACTIVE", (await shop.VersionAsync(arn)).Status);
        return arn;
    }

    private static async Task ExportAsync(Shop shop) =>
        await shop.Silo.CallAsync<CreateDatasetExportJobRequest, CreateDatasetExportJobResponse>(shop.Caller, new()
    {
        JobName = "export", DatasetArn = shop.DatasetArn, RoleArn = "arn:aws:iam::123456789012:role/r",
        JobOutput = new() { S3DataDestination = new() { Path = "s3://data/exported/" } },
    });

    private static async Task ForgetAsync(Shop shop) =>
        await shop.Silo.CallAsync<CreateDataDeletionJobRequest, CreateDataDeletionJobResponse>(shop.Caller, new()
    {
        JobName = "forget", DatasetGroupArn = shop.GroupArn, DataSource = new() { DataLocation = "s3://data/users.csv" },
        RoleArn = "arn:aws:iam::123456789012:role/r",
    });

    private static Task<RefusedException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RefusedException>(call);
}
