using Kindred.Contracts.Access;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Tenants;
using Kindred.Grains.Tests.World;

namespace Kindred.Grains.Tests.Tenants;

[Collection("silo")]
public sealed class IsolationTests(SiloFixture fixture)
{
    [Fact]
    public async Task EveryOperation_WithAnotherTenantsArn_FindsNothing()
    {
        var theirs = await new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();
        await theirs.CreateSolutionAsync();
        var mine = await new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();
        var (me, caller) = (mine.Tenant, mine.Caller);
        Func<Task>[] attempts =
        [
            () => me.DeleteSchemaAsync(new() { SchemaArn = theirs.SchemaArn }, caller),
            () => me.DeleteDatasetGroupAsync(new() { DatasetGroupArn = theirs.GroupArn }, caller),
            () => me.CreateDatasetAsync(new() { Name = "x", DatasetGroupArn = theirs.GroupArn, SchemaArn = mine.SchemaArn, DatasetType = "Interactions" }, caller),
            () => me.CreateDatasetAsync(new() { Name = "x", DatasetGroupArn = mine.GroupArn, SchemaArn = theirs.SchemaArn, DatasetType = "Items" }, caller),
            () => me.DeleteDatasetAsync(new() { DatasetArn = theirs.DatasetArn }, caller),
            () => me.CreateDatasetImportJobAsync(new() { JobName = "x", DatasetArn = theirs.DatasetArn, DataSource = new() { DataLocation = "s3://a/b.csv" } }, caller),
            () => me.CreateSolutionAsync(new() { Name = "x", DatasetGroupArn = theirs.GroupArn, RecipeArn = "arn:aws:personalize:::recipe/aws-sims" }, caller),
            () => me.UpdateSolutionAsync(new() { SolutionArn = theirs.SolutionArn, PerformAutoTraining = true }, caller),
            () => me.DeleteSolutionAsync(new() { SolutionArn = theirs.SolutionArn }, caller),
            () => me.CreateSolutionVersionAsync(new() { SolutionArn = theirs.SolutionArn }, caller),
            () => me.StopSolutionVersionCreationAsync(new() { SolutionVersionArn = theirs.SolutionArn + "/01234567" }, caller),
            () => me.CreateCampaignAsync(new() { Name = "x", SolutionVersionArn = theirs.SolutionArn + "/$LATEST" }, caller),
            () => me.UpdateCampaignAsync(new() { CampaignArn = theirs.Name("campaign/x") }, caller),
            () => me.DeleteCampaignAsync(new() { CampaignArn = theirs.Name("campaign/x") }, caller),
            () => me.CreateEventTrackerAsync(new() { Name = "x", DatasetGroupArn = theirs.GroupArn }, caller),
            () => me.DeleteEventTrackerAsync(new() { EventTrackerArn = theirs.Name("event-tracker/0") }, caller),
            () => me.TagResourceAsync(new() { ResourceArn = theirs.GroupArn, Tags = [] }, caller),
            () => me.UntagResourceAsync(new() { ResourceArn = theirs.GroupArn, TagKeys = [] }, caller),
            () => me.ListTagsForResourceAsync(new() { ResourceArn = theirs.GroupArn }, caller),
        ];

        foreach (var attempt in attempts)
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(attempt);
            Assert.Equal(RefusalCode.ResourceNotFound, refused.Code);
        }
    }

    [Fact]
    public async Task TenantGrain_CalledInAnotherTenantsName_Refuses()
    {
        var (mine, theirs) = (SiloFixture.NewTenant(), SiloFixture.NewTenant());

        var refused = await Assert.ThrowsAsync<RefusedException>(() => fixture.Silo.Tenant(theirs).CreateDatasetGroupAsync(new() { Name = "x" }, mine));

        Assert.Equal(RefusalCode.AccessDenied, refused.Code);
    }

    [Fact]
    public async Task EveryGrain_CalledFromAnotherTenantsRequest_Refuses()
    {
        var theirs = await new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();
        var mine = SiloFixture.NewTenant();
        using var entered = CallerContext.Enter(Principal.OfAccessKey(mine.Account, "test", AccessScopes.All));

        await RefusedAsync(() => theirs.Tenant.DescribeAsync());
        await RefusedAsync(() => fixture.Silo.Grains.GetGrain<IDatasetGroupGrain>(theirs.GroupArn).DescribeAsync(default));
        await RefusedAsync(() => fixture.Silo.Grains.GetGrain<IDatasetGrain>(theirs.DatasetArn).GetDataAsync(default));
        await RefusedAsync(() => fixture.Silo.Grains.GetGrain<ISolutionVersionGrain>(theirs.SolutionArn + "/01234567").DescribeAsync(default));
        Assert.Null(await fixture.Silo.Tenant(mine).DescribeAsync());
    }

    [Theory]
    [InlineData("123456789012", "123456789012")]
    [InlineData("arn:aws:personalize:us-east-1:123456789012:dataset/shop/ITEMS", "123456789012")]
    [InlineData("arn:aws:personalize:::recipe/aws-sims", null)]
    [InlineData("AKIAEXAMPLE", null)]
    [InlineData("1234567890123", null)]
    [InlineData(null, null)]
    public void AccountOf_AKey_IsTheAccountThatOwnsIt(string? key, string? account) => Assert.Equal(account, TenantIsolationFilter.AccountOf(key));

    private static async Task RefusedAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(call);
        Assert.Equal(RefusalCode.AccessDenied, refused.Code);
    }
}
