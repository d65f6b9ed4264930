using System.Web;
using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Accounts;
using Kindred.Identity.Organisations;
using Kindred.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Tests.Accounts;

public sealed class PeopleTests
{
    private const string Email = "ada@shop.example";
    private const string Another = "another quiet harbour";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suspended_IsSignedOutAndKeptOutByEveryWay_UntilUnlocked()
    {
        await using var server = await PeopleServer.StartAsync();
        var actor = await OperatorAsync(server);
        var person = await server.SignUpAsync(Email);
        var account = (await server.Directory.ListAsync(person.Id, Stop))[0].Account;
        using var open = server.Browse();
        await open.EnterAsync(Email);
        Assert.Equal(person.Id, await open.WhoAsync());
        var people = server.Services.GetRequiredService<People>();

        await people.SuspendAsync(actor, person.Id, Stop);

        Assert.Equal("nobody", await open.WhoAsync());
        Assert.Equal("LockedOut", await server.Browse().EnterAsync(Email));
        Assert.Null(await server.Directory.FindPrincipalAsync(person.Id, account, Stop)); // a page that is open still
        Assert.True(Assert.Single(await people.ListAsync(actor, "ADA@", 10, Stop)).IsSuspended);
        // A new password is not a way around it.
        await ResetAsync(server, await server.WithAsync<PasswordResets, string>(r => r.MakeAsync(actor, Email)));
        Assert.Equal("LockedOut", await server.Browse().EnterAsync(Email, Another));

        await people.UnlockAsync(actor, person.Id, Stop);

        Assert.Equal("Succeeded", await server.Browse().EnterAsync(Email, Another));
        Assert.NotNull(await server.Directory.FindPrincipalAsync(person.Id, account, Stop));
        Assert.Equal(["people:Suspend", "people:ResetPassword", "people:Unlock"], server.Audit.Events
            .Where(e => e.Account == actor.Account && e.Action.StartsWith("people:", StringComparison.Ordinal)).Select(e => e.Action));
    }

    [Fact]
    public async Task List_SaysWhoIsLockedOutWhereTheyBelongAndWhoRunsTheDeployment()
    {
        await using var server = await PeopleServer.StartAsync();
        var actor = await OperatorAsync(server);
        await server.SignUpAsync(Email);
        using var guesser = server.Browse();
        for (var guess = 0; guess < 5; guess++) await guesser.EnterAsync(Email, $"guess number {guess}");

        var people = await server.Services.GetRequiredService<People>().ListAsync(actor, "", 10, Stop);

        Assert.Equal([Email, "op@a.example"], people.Select(p => p.Email));
        Assert.NotNull(people[0].LockedUntil);
        Assert.Equal(["A shop", "Ops"], people.Select(p => Assert.Single(p.Organisations)));
        Assert.Equal([false, true], people.Select(p => p.IsOperator));
        Assert.All(people, p => Assert.False(p.IsSuspended));
    }

    [Fact]
    public async Task Changes_OfOneselfOrBySomebodyWhoOperatesNothing_AreRefused()
    {
        await using var server = await PeopleServer.StartAsync();
        var (actor, owner) = (await OperatorAsync(server), await server.OwnerAsync());
        var people = server.Services.GetRequiredService<People>();

        RefusalCode[] codes =
        [
            await CodeAsync(() => people.ListAsync(owner, "", 10, Stop)), await CodeAsync(() => people.SuspendAsync(owner, actor.ActorId, Stop)),
            await CodeAsync(() => people.UnlockAsync(owner, actor.ActorId, Stop)), await CodeAsync(() => people.SuspendAsync(actor, actor.ActorId, Stop)),
            await CodeAsync(() => people.SuspendAsync(actor, "nobody", Stop)),
        ];

        Assert.Equal(
            [RefusalCode.AccessDenied, RefusalCode.AccessDenied, RefusalCode.AccessDenied, RefusalCode.InvalidInput, RefusalCode.ResourceNotFound], codes);
    }

    [Theory]
    [InlineData(SignUpRule.Open)]
    [InlineData(SignUpRule.Invitation)]
    public async Task Found_BySomebodyWhoBelongsNowhere_MakesThemAnOrganisationWhereThatIsOpen(SignUpRule rule)
    {
        await using var server = await PeopleServer.StartAsync(rule);
        var person = await server.WithAsync<UserManager<Person>, Person>(async people =>
        {
            var made = new Person { UserName = Email, Email = Email, CreatedAt = server.Clock.GetUtcNow() };
            Assert.True((await people.CreateAsync(made)).Succeeded); // as who comes by another provider
            return made;
        });
        Task<string> FoundAsync() => server.WithAsync<SignUp, string>(s => s.FoundAsync(person.Id, " Ada's shop ", PeopleServer.Origin, Stop));

        if (rule is not SignUpRule.Open)
        {
            Assert.Equal(RefusalCode.AccessDenied, await CodeAsync(FoundAsync));
            return;
        }
        var account = await FoundAsync();

        var membership = Assert.Single(await server.Directory.ListAsync(person.Id, Stop));
        Assert.Equal((account, "Ada's shop", OrganisationRole.Owner), (membership.Account, membership.Name, membership.Role));
        Assert.Contains(server.Audit.Events, e => e is { Action: "organisation:Create", Origin: PeopleServer.Origin } && e.Account == account);
        Assert.Equal(RefusalCode.InvalidInput, await CodeAsync(FoundAsync)); // one is enough
    }

    [Fact]
    public async Task Print_BesideTheServer_MakesALinkThatTheServerTakes()
    {
        using var folder = new TemporaryFolder();
        await using var server = await PeopleServer.StartAsync(folder: folder);
        await server.SignUpAsync(Email);
        var options = new AccountsOptions { DataPath = folder.Path };

        var link = await PasswordResetPrint.MakeAsync(Beside(folder), options, "http://127.0.0.1:6000", $" {Email} ");
        var nobody = await PasswordResetPrint.MakeAsync(Beside(folder), options, null, "nobody@shop.example");

        Assert.StartsWith("http://localhost:6000/account/reset-password?person=", link, StringComparison.Ordinal);
        Assert.Null(nobody);
        await ResetAsync(server, link!);
        Assert.Equal("Succeeded", await server.Browse().EnterAsync(Email, Another));
    }

    private static ServiceCollection Beside(TemporaryFolder folder)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDataProtection().SetApplicationName("kindred").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder.Path, "keys")));
        return services;
    }

    private static async Task<Principal> OperatorAsync(PeopleServer server)
    {
        var secret = await server.StartSecretAsync();
        var started = await server.WithAsync<SignUp, MadeAccount>(s =>
            s.StartAsync(secret, new NewAccount("op@a.example", "", PeopleServer.Password), "Ops", null, Stop));
        return (await server.Directory.FindPrincipalAsync(started.Person!.Id, PeopleServer.FirstAccount, Stop))!;
    }

    private static async Task ResetAsync(PeopleServer server, string link)
    {
        var query = HttpUtility.ParseQueryString(link.Split('?')[1]);
        Assert.Empty(await server.WithAsync<PasswordResets, IReadOnlyList<string>>(r => r.ResetAsync(query["person"], query["token"], Another)));
    }

    private static async Task<RefusalCode> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<RefusedException>(call)).Code;
}
