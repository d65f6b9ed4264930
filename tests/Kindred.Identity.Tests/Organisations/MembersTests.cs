using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Accounts;
using Kindred.Identity.Organisations;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Tests.Organisations;

public sealed class MembersTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OrganisationRole.Analyst, OrganisationRole.Analyst, OrganisationRole.Developer, false)]
    [InlineData(OrganisationRole.Developer, OrganisationRole.Analyst, OrganisationRole.Developer, false)]
    [InlineData(OrganisationRole.Admin, OrganisationRole.Analyst, OrganisationRole.Admin, true)]
    [InlineData(OrganisationRole.Admin, OrganisationRole.Admin, OrganisationRole.Owner, false)]
    [InlineData(OrganisationRole.Admin, OrganisationRole.Owner, OrganisationRole.Analyst, false)]
    [InlineData(OrganisationRole.Owner, OrganisationRole.Analyst, OrganisationRole.Owner, true)]
    [InlineData(OrganisationRole.Owner, OrganisationRole.Owner, OrganisationRole.Analyst, true)]
    public void MayChange_EachRole_AsFarAsItReaches(OrganisationRole actor, OrganisationRole from, OrganisationRole to, bool may)
    {
        var refused = Record.Exception(() => MemberRules.MayChange(actor, from, to, owners: 2));

        if (may) Assert.Null(refused);
        else Assert.Equal(RefusalCode.AccessDenied, Assert.IsType<RefusedException>(refused).Code);
    }

    [Fact]
    public async Task ChangeRole_OfTheOnlyOwner_IsRefusedWhoeverAsks()
    {
        await using var server = await PeopleServer.StartAsync();
        var (owner, members) = (await server.OwnerAsync(), server.Services.GetRequiredService<Members>());

        var demoted = await Assert.ThrowsAsync<RefusedException>(() => members.ChangeRoleAsync(owner, owner.ActorId, OrganisationRole.Admin, Stop));
        var left = await Assert.ThrowsAsync<RefusedException>(() => members.RemoveAsync(owner, owner.ActorId, Stop));

        Assert.Equal([RefusalCode.ResourceInUse, RefusalCode.ResourceInUse], [demoted.Code, left.Code]);
    }

    [Fact]
    public async Task Remove_TwoOwnersEachOtherAtOnce_LeavesOne()
    {
        await using var server = await PeopleServer.StartAsync();
        var (one, members) = (await server.OwnerAsync(), server.Services.GetRequiredService<Members>());
        var second = await server.SignUpAsync("second@b.example");
        await server.JoinAsync(one.Account, second, OrganisationRole.Owner);
        var other = Principal.OfPerson(one.Account, second.Id, AccessScopes.Tenant);

        await Task.WhenAll(
            Task.Run(() => Record.ExceptionAsync(() => members.RemoveAsync(one, other.ActorId, Stop)), Stop),
            Task.Run(() => Record.ExceptionAsync(() => members.RemoveAsync(other, one.ActorId, Stop)), Stop));

        var left = (await server.Directory.ListAsync(one.ActorId, Stop)).Concat(await server.Directory.ListAsync(other.ActorId, Stop));
        Assert.Single(left, m => m.Account == one.Account);
    }

    [Fact]
    public async Task ChangeRole_OfAMember_HoldsAtOnceAndIsAudited()
    {
        await using var server = await PeopleServer.StartAsync();
        var (owner, members) = ((await server.OwnerAsync()).From("192.0.2.9"), server.Services.GetRequiredService<Members>());
        var person = await server.SignUpAsync("p@b.example");
        await server.JoinAsync(owner.Account, person, OrganisationRole.Analyst);

        await members.ChangeRoleAsync(owner, person.Id, OrganisationRole.Admin, Stop);

        Assert.Contains("keys", ScopeNames.List((await server.Directory.FindPrincipalAsync(person.Id, owner.Account, Stop))!.Scopes));
        var entry = Assert.Single(server.Audit.Events, e => e.Action == "members:ChangeRole");
        Assert.Equal((owner.AuditName, person.Id, "192.0.2.9"), (entry.Actor, entry.Target, entry.Origin));
        Assert.Equal(("""{"role":"Analyst"}""", """{"role":"Admin"}"""), (entry.Before, entry.After));
    }

    [Fact]
    public async Task Members_OfAnotherOrganisation_AreNotThere()
    {
        await using var server = await PeopleServer.StartAsync();
        var (owner, members) = (await server.OwnerAsync(), server.Services.GetRequiredService<Members>());
        var stranger = Principal.OfPerson(owner.Account, (await server.SignUpAsync("s@b.example")).Id, AccessScopes.Tenant);

        var refusals = new[]
        {
            await Assert.ThrowsAsync<RefusedException>(() => members.ListAsync(stranger, Stop)),
            await Assert.ThrowsAsync<RefusedException>(() => members.RemoveAsync(stranger, owner.ActorId, Stop)),
            await Assert.ThrowsAsync<RefusedException>(() => members.RenameAsync(stranger, "Mine", Stop)),
            await Assert.ThrowsAsync<RefusedException>(() => server.Services.GetRequiredService<Invitations>()
                .MakeAsync(stranger, "s2@b.example", OrganisationRole.Owner, Stop)),
        };

        Assert.All(refusals, r => Assert.Equal(RefusalCode.ResourceNotFound, r.Code));
    }

    [Fact]
    public async Task Members_ByAKeyOfTheTenant_AreRefused()
    {
        await using var server = await PeopleServer.StartAsync();
        var (owner, members) = (await server.OwnerAsync(), server.Services.GetRequiredService<Members>());
        var key = Principal.OfAccessKey(owner.Account, "KINDRED2", AccessScopes.All);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => members.RemoveAsync(key, owner.ActorId, Stop));

        Assert.Equal(RefusalCode.AccessDenied, refused.Code);
    }
}
