using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Kindred.Grains.Tests.World;
using Kindred.Grains.Resources;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Tenants;

/// <summary>Keys are made and ended on their tenant's turn: nobody is locked out, and no key outranks the one that made it.</summary>
[Collection("silo")]
public sealed class AccessKeyTests(SiloFixture fixture)
{
    private const AccessScopes Operator = AccessScopes.All;
    private static readonly DateTimeOffset Soon = DateTimeOffset.UtcNow.AddDays(1);

    private readonly Caller _caller = SiloFixture.NewTenant();

    [Fact]
    public async Task Revoke_TheLastKeyThatMakesKeys_IsRefused()
    {
        await IssueAsync("a", AccessScopes.Tenant);
        await IssueAsync("b", AccessScopes.Tenant, Soon); // it ends: nobody could get in after that
        await IssueAsync("c", AccessScopes.Recommend);

        Assert.Equal(RefusalCode.ResourceInUse, (await RefusedAsync(() => RevokeAsync("a"))).Code);
        await IssueAsync("d", AccessScopes.Tenant);
        await RevokeAsync("a");
        await RevokeAsync("b");
        await RevokeAsync("c");

        Assert.Equal(RefusalCode.ResourceInUse, (await RefusedAsync(() => RevokeAsync("d"))).Code);
    }

    [Fact]
    public async Task Update_DisablesAndEndsEarlier_ButNeverTheLastWayIn()
    {
        await IssueAsync("a", AccessScopes.Tenant);
        await IssueAsync("b", AccessScopes.Recommend, Soon);

        Assert.Equal(RefusalCode.ResourceInUse, (await RefusedAsync(() => UpdateAsync("a", disabled: true))).Code);
        Assert.Equal(RefusalCode.ResourceInUse, (await RefusedAsync(() => UpdateAsync("a", endsAt: Soon))).Code);
        Assert.Equal(RefusalCode.InvalidInput, (await RefusedAsync(() => UpdateAsync("b", endsAt: Soon.AddDays(1)))).Code);
        Assert.Equal(RefusalCode.AccessDenied, (await RefusedAsync(() => UpdateAsync(
            "a", disabled: true, rights: new KeyRights(AccessScopes.Keys, null)))).Code);

        await UpdateAsync("b", disabled: true, endsAt: Soon.AddHours(-1));
        var b = (await fixture.Silo.Grains.GetGrain<IAccessKeyGrain>(Id("b")).FindAsync())!.State;
        Assert.Equal((true, Soon.AddHours(-1)), (b.DisabledAt is not null, b.ExpiresAt));
        await UpdateAsync("b", disabled: false);
        Assert.Null((await fixture.Silo.Grains.GetGrain<IAccessKeyGrain>(Id("b")).FindAsync())!.State.DisabledAt);

        // A way in that is disabled is none.
        await IssueAsync("c", AccessScopes.Tenant);
        await UpdateAsync("c", disabled: true);
        Assert.Equal(RefusalCode.ResourceInUse, (await RefusedAsync(() => RevokeAsync("a"))).Code);
    }

    [Fact]
    public async Task Revoke_TheLastOfAnOperator_IsRefused_WhateverTenantKeysThereAre()
    {
        await IssueAsync("a", Operator);
        await IssueAsync("b", AccessScopes.Tenant);

        Assert.Contains("operator", (await RefusedAsync(() => RevokeAsync("a"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_OfTwoLastKeysAtOnce_LeavesOne()
    {
        await IssueAsync("a", AccessScopes.Tenant);
        await IssueAsync("b", AccessScopes.Tenant);

        var outcomes = await Task.WhenAll(OutcomeAsync("a"), OutcomeAsync("b"));

        Assert.Single(outcomes, refused => refused is null);
        Assert.Single(outcomes, refused => refused?.Code is RefusalCode.ResourceInUse);

        async Task<RefusedException?> OutcomeAsync(string id) => await Record.ExceptionAsync(() => RevokeAsync(id)) as RefusedException;
    }

    [Theory]
    [InlineData(AccessScopes.Keys | AccessScopes.Recommend, false)]
    [InlineData(AccessScopes.Tenant, true)]
    public async Task Revoke_ByAKeyThatMayLessOrEndsEarlier_IsDenied(AccessScopes scopes, bool ends)
    {
        await IssueAsync("a", AccessScopes.Tenant);
        await IssueAsync("b", AccessScopes.Tenant);

        var refused = await RefusedAsync(() => RevokeAsync("a", new KeyRights(scopes, ends ? Soon : null)));

        Assert.Equal(RefusalCode.AccessDenied, refused.Code);
        await RevokeAsync("a", new KeyRights(AccessScopes.Tenant, null));
    }

    [Fact]
    public async Task Revoke_AnothersKey_IsAsIfThereWereNone()
    {
        await IssueAsync("a", AccessScopes.Tenant);
        var stranger = SiloFixture.NewTenant();

        var refused = await RefusedAsync(() =>
            fixture.Silo.Tenant(stranger).ChangeAsync(new RevokeAccessKey(Id("a"), null), stranger));

        Assert.Equal(RefusalCode.ResourceNotFound, refused.Code);
    }

    [Fact]
    public async Task Issue_MoreKeysThanATenantMayHave_IsRefused_UntilSomeHaveEnded()
    {
        using var data = new TemporaryFolder();
        await using var silo = await TestSilo.StartAsync(data.Path, limits: new TenantLimits { AccessKeys = 2 });
        await IssueAsync("a", AccessScopes.Tenant, silo: silo);
        await IssueAsync("b", AccessScopes.Tenant, silo: silo);

        Assert.Equal(RefusalCode.LimitExceeded, (await RefusedAsync(() => IssueAsync("c", AccessScopes.Tenant, silo: silo))).Code);
        await silo.Tenant(_caller).ChangeAsync(new RevokeAccessKey(Id("b"), null), _caller);

        await IssueAsync("c", AccessScopes.Tenant, silo: silo);
    }

    [Fact]
    public async Task Issue_OfATenantWithAQuotaOfItsOwn_GoesByThat_FromTheNextKeyOn()
    {
        var tenant = fixture.Silo.Tenant(_caller);
        await tenant.CreateAsync(null);
        await IssueAsync("a", AccessScopes.Tenant);
        await IssueAsync("b", AccessScopes.Tenant);

        await tenant.SetQuotasAsync(new TenantQuotas { AccessKeys = 2 });
        var refused = await RefusedAsync(() => IssueAsync("c", AccessScopes.Tenant));
        await tenant.SetQuotasAsync(new TenantQuotas { AccessKeys = 3 });
        await IssueAsync("c", AccessScopes.Tenant);
        await tenant.SetQuotasAsync(TenantQuotas.None);
        await IssueAsync("d", AccessScopes.Tenant);

        Assert.Equal(RefusalCode.LimitExceeded, refused.Code);
        Assert.Contains("at most 2 access keys", refused.Message, StringComparison.Ordinal);
        Assert.Null((await tenant.DescribeAsync())!.Quotas);
    }

    private string Id(string name) => $"KINDRED{_caller.Account}{name}";

    private Task IssueAsync(string name, AccessScopes scopes, DateTimeOffset? until = null, TestSilo? silo = null) =>
        (silo ?? fixture.Silo).Tenant(_caller).ChangeAsync(new IssueAccessKey(Id(name), new AccessKeyState
        {
            Account = _caller.Account, Scopes = scopes, ProtectedSecret = "x", CreatedAt = DateTimeOffset.UtcNow, ExpiresAt = until,
        }), _caller);

    private Task RevokeAsync(string name, KeyRights? rights = null) =>
        fixture.Silo.Tenant(_caller).ChangeAsync(new RevokeAccessKey(Id(name), rights), _caller);

    private Task UpdateAsync(string name, bool? disabled = null, DateTimeOffset? endsAt = null, KeyRights? rights = null) =>
        fixture.Silo.Tenant(_caller).ChangeAsync(new UpdateAccessKey(Id(name), rights, disabled, endsAt), _caller);

    private static Task<RefusedException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RefusedException>(call);
}
