using Kindred.Contracts.Access;
using Kindred.Identity.Organisations;

namespace Kindred.Identity.Tests.Organisations;

public sealed class MembershipDirectoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OrganisationRole.Analyst, new[] { "recommend", "read" })]
    [InlineData(OrganisationRole.Developer, new[] { "control", "recommend", "events", "records", "objects", "read" })]
    [InlineData(OrganisationRole.Admin, new[] { "control", "recommend", "events", "records", "objects", "keys", "read" })]
    [InlineData(OrganisationRole.Owner, new[] { "control", "recommend", "events", "records", "objects", "keys", "read" })]
    public async Task FindPrincipal_EachRole_MayWhatTheRoleSays(OrganisationRole role, string[] scopes)
    {
        await using var server = await PeopleServer.StartAsync();
        var owner = await server.SignUpAsync("owner@a.example");
        var person = await server.SignUpAsync("p@b.example");
        var account = (await server.Directory.ListAsync(owner.Id, Stop))[0].Account;
        await server.JoinAsync(account, person, role);

        var principal = await server.Directory.FindPrincipalAsync(person.Id, account, Stop);

        Assert.Equal(scopes, ScopeNames.List(principal!.Scopes));
        Assert.Equal((account, ActorKind.Person, person.Id), (principal.Account, principal.Actor, principal.ActorId));
    }

    [Fact]
    public async Task List_SomebodyUnknown_IsEmpty()
    {
        await using var server = await PeopleServer.StartAsync();

        Assert.Empty(await server.Directory.ListAsync("nobody", Stop));
        Assert.Null(await server.Directory.FindPrincipalAsync("nobody", PeopleServer.FirstAccount, Stop));
    }
}
