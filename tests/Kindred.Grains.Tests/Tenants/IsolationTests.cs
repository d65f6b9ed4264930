using System.Reflection;
using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Kindred.Grains.Tenants;
using Kindred.Grains.Tests.World;
using Orleans.Concurrency;

namespace Kindred.Grains.Tests.Tenants;

[Collection("silo")]
public sealed class IsolationTests(SiloFixture fixture)
{
    private static readonly MethodInfo GetGrain = typeof(IGrainFactory).GetMethod(nameof(IGrainFactory.GetGrain), 1, [typeof(GrainId)])!;

    /// <summary>Unlike those of the silo, in nobody's name unless the test enters.</summary>
    private readonly IGrainFactory _grains = fixture.Silo.Get<IGrainFactory>();

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
            () => me.CreateDatasetAsync(
                new() { Name = "x", DatasetGroupArn = theirs.GroupArn, SchemaArn = mine.SchemaArn, DatasetType = "Interactions" }, caller),
            () => me.CreateDatasetAsync(
                new() { Name = "x", DatasetGroupArn = mine.GroupArn, SchemaArn = theirs.SchemaArn, DatasetType = "Items" }, caller),
            () => me.DeleteDatasetAsync(new() { DatasetArn = theirs.DatasetArn }, caller),
            () => me.CreateDatasetImportJobAsync(
                new() { JobName = "x", DatasetArn = theirs.DatasetArn, DataSource = new() { DataLocation = "s3://a/b.csv" } }, caller),
            () => me.CreateSolutionAsync(
                new() { Name = "x", DatasetGroupArn = theirs.GroupArn, RecipeArn = "arn:aws:personalize:::recipe/aws-sims" }, caller),
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

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            fixture.Silo.Tenant(theirs).CreateDatasetGroupAsync(new() { Name = "x" }, mine));

        Assert.Equal(RefusalCode.AccessDenied, refused.Code);
    }

    [Fact]
    public async Task EveryGrain_CalledFromAnotherTenantsRequest_Refuses()
    {
        var mine = SiloFixture.NewTenant();
        using var entered = CallerContext.Enter(Principal.OfAccessKey(mine.Account, "test", AccessScopes.All));

        await EveryGrainRefusesAsync(SiloFixture.NewTenant());

        Assert.Null(await _grains.GetGrain<ITenantGrain>(mine.Account).DescribeAsync());
    }

    [Fact]
    public async Task EveryGrain_CalledInNobodysName_Refuses()
    {
        Assert.Null(CallerContext.Current);

        await EveryGrainRefusesAsync(SiloFixture.NewTenant());
    }

    [Fact]
    public async Task EveryGrain_CalledByTheServiceForAnotherAccount_Refuses()
    {
        using var entered = CallerContext.EnterService(SiloFixture.NewTenant().Account, "test");

        await EveryGrainRefusesAsync(SiloFixture.NewTenant());
    }

    [Fact]
    public async Task TheService_ForAllAccounts_ReachesEach()
    {
        using var entered = CallerContext.EnterService(account: null, "test");

        Assert.Null(await _grains.GetGrain<ITenantGrain>(SiloFixture.NewTenant().Account).DescribeAsync());
        Assert.Null(await _grains.GetGrain<IAccessKeyGrain>("KINDREDEXAMPLEKEY234").FindAsync());
    }

    [Fact]
    public async Task AnAccessKey_BelongsToNobody_SoNoTenantReachesIt()
    {
        var mine = SiloFixture.NewTenant();
        var key = _grains.GetGrain<IAccessKeyGrain>("KINDREDEXAMPLEKEY234");

        await RefusedAsync(() => key.FindAsync());
        using (CallerContext.Enter(Principal.OfPerson(mine.Account, "ann", AccessScopes.All))) await RefusedAsync(() => key.FindAsync());
        using (CallerContext.EnterService(mine.Account, "test")) await RefusedAsync(() => key.RevokeAsync());
    }

    [Fact]
    public async Task ACall_ThatHasEnded_LeavesNothingBehindForTheNext()
    {
        var mine = SiloFixture.NewTenant();
        var tenant = _grains.GetGrain<ITenantGrain>(mine.Account);

        using (CallerContext.EnterService(mine.Account, "test")) await tenant.DescribeAsync();

        await RefusedAsync(() => tenant.DescribeAsync());
    }

    [Theory]
    [InlineData("123456789012", "123456789012")]
    [InlineData("arn:aws:personalize:us-east-1:123456789012:dataset/shop/ITEMS", "123456789012")]
    [InlineData("arn:aws:personalize:::recipe/aws-sims", null)]
    [InlineData("AKIAEXAMPLE", null)]
    [InlineData("1234567890123", null)]
    [InlineData(null, null)]
    public void AccountOf_AKey_IsTheAccountThatOwnsIt(string? key, string? account) =>
        Assert.Equal(account, TenantIsolationFilter.AccountOf(key));

    /// <summary>Calls every method of every grain class of ours through every interface of ours.</summary>
    private async Task EveryGrainRefusesAsync(Caller owner)
    {
        var types = typeof(TenantIsolationFilter).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(Grain)));
        var methods =
            from type in types
            from shape in type.GetInterfaces()
            where shape.IsAssignableTo(typeof(IGrainWithStringKey)) && shape.Namespace!.StartsWith("Kindred.", StringComparison.Ordinal)
            // What is one way has no answer; each interface has other methods too.
            from method in shape.GetMethods().Where(method => method.GetCustomAttribute<OneWayAttribute>() is null)
            select (type, shape, method);
        var called = 0;
        foreach (var (type, shape, method) in methods)
        {
            var grainType = (string)type.GetCustomAttributesData()
                .Single(data => data.AttributeType == typeof(GrainTypeAttribute)).ConstructorArguments[0].Value!;
            var key = grainType is "tenant" ? owner.Account : $"arn:aws:personalize:{owner.Region}:{owner.Account}:{grainType}/shop";
            var grain = GetGrain.MakeGenericMethod(shape).Invoke(_grains, [GrainId.Create(grainType, key)]);
            var call = method.IsGenericMethod ? Closed(method) : method;
            var arguments = call.GetParameters()
                .Select(p => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null).ToArray();
            await RefusedAsync(() => (Task)call.Invoke(grain, arguments)!);
            called++;
        }

        Assert.InRange(called, 80, 1000);
    }

    /// <summary>A change of a tenant, as some request asks for it.</summary>
    private static MethodInfo Closed(MethodInfo method) => method.GetGenericArguments().Length == 1
        ? method.MakeGenericMethod(typeof(DeleteSchemaRequest))
        : method.MakeGenericMethod(typeof(CreateSchemaRequest), typeof(CreateSchemaResponse));

    private static async Task RefusedAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(call);
        Assert.Equal(RefusalCode.AccessDenied, refused.Code);
    }
}
