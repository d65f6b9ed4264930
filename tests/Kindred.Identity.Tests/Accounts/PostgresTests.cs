using Kindred.Contracts.Access;
using Kindred.Identity.Accounts;
using Kindred.Identity.Applications;
using Kindred.Identity.Organisations;
using Kindred.Identity.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Tests.Accounts;

/// <summary>What differs between the databases: the migrations, times, transactions, and the JSON of passkeys.</summary>
public sealed class PostgresTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postgres_FromNothing_ServesPeopleAsTheFileDoes()
    {
        await using var postgres = await PostgresServer.StartAsync();
        Assert.SkipWhen(postgres is null, "PostgreSQL is not installed (/usr/lib/postgresql).");
        await using var server = await PeopleServer.StartAsync(connectionString: postgres.ConnectionString);

        var owner = await server.OwnerAsync();
        using var browser = server.Browse();
        Assert.Equal("Succeeded", await browser.EnterAsync("owner@a.example"));
        Assert.Equal(owner.ActorId, await browser.WhoAsync());

        var invitations = server.Services.GetRequiredService<Invitations>();
        await invitations.MakeAsync(owner, "new@b.example", OrganisationRole.Analyst, Stop);
        Assert.Single(await invitations.ListAsync(owner, Stop));
        Assert.Single(await server.Services.GetRequiredService<Members>().ListAsync(owner, Stop));

        var made = await server.WithAsync<ApplicationRegister, MadeApplication>(r =>
            r.MakeAsync(owner, new NewApplication("Robot", AccessScopes.Read, []), Stop));
        Assert.Equal(made.ClientId, Assert.Single(await server.WithAsync<ApplicationRegister, IReadOnlyList<Application>>(r => r.ListAsync(owner, Stop))).ClientId);

        await KeepAPasskeyAsync(server, owner.ActorId);
        Assert.True(Assert.Single(await server.Services.GetRequiredService<Members>().ListAsync(owner, Stop)).HasSecondStep);

        await RemoveEachOtherAsync(server, owner);
    }

    private static Task<bool> KeepAPasskeyAsync(PeopleServer server, string personId) => server.WithAsync<UserManager<Person>, bool>(async people =>
    {
        var person = (await people.FindByIdAsync(personId))!;
        var passkey = new UserPasskeyInfo([1, 2, 3], [4], server.Clock.GetUtcNow(), 0, ["internal"], true, true, true, [5], [6]) { Name = "Laptop" };
        Assert.True((await people.AddOrUpdatePasskeyAsync(person, passkey)).Succeeded);
        return true;
    });

    private static async Task RemoveEachOtherAsync(PeopleServer server, Principal one)
    {
        var members = server.Services.GetRequiredService<Members>();
        var second = await server.SignUpAsync("second@b.example");
        await server.JoinAsync(one.Account, second, OrganisationRole.Owner);
        var other = Principal.OfPerson(one.Account, second.Id, AccessScopes.Tenant);

        await Task.WhenAll(
            Record.ExceptionAsync(() => members.RemoveAsync(one, other.ActorId, Stop)).AsTask(),
            Record.ExceptionAsync(() => members.RemoveAsync(other, one.ActorId, Stop)).AsTask());

        await using var db = await server.Services.GetRequiredService<IDbContextFactory<AccountsDb>>().CreateDbContextAsync(Stop);
        Assert.Single(await db.Memberships.Where(m => m.Account == one.Account).ToListAsync(Stop));
    }
}
