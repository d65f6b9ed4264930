using Kindred.Contracts.Access;
using Kindred.Identity.Accounts;
using Kindred.Identity.Organisations;
using Kindred.Identity.Starting;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Tests.Starting;

public sealed class StartLinkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_TwoWhoHaveTheLink_MakesOneOperatorWhoOwnsTheFirstTenant()
    {
        await using var server = await PeopleServer.StartAsync(SignUpRule.None);
        var secret = await server.StartSecretAsync();

        var made = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(() => UseAsync(server, secret, $"p{i}@shop.example"), Stop)));

        var person = Assert.Single(made, m => m.Person is not null).Person!;
        Assert.Contains("has been used", Assert.Single(made, m => m.Person is null).Faults[0], StringComparison.Ordinal);
        Assert.Equal([new Membership(PeopleServer.FirstAccount, "The shop", OrganisationRole.Owner)], await server.Directory.ListAsync(person.Id, Stop));
        var principal = await server.Directory.FindPrincipalAsync(person.Id, PeopleServer.FirstAccount, Stop);
        Assert.Equal(AccessScopes.All, principal!.Scopes);
    }

    [Fact]
    public async Task Start_AccountThatIsRefused_LeavesTheLinkUnused()
    {
        await using var server = await PeopleServer.StartAsync();
        var secret = await server.StartSecretAsync();

        var refused = await UseAsync(server, secret, "p@shop.example", password: "short");

        Assert.Contains("at least 10 characters", refused.Faults[0], StringComparison.Ordinal);
        Assert.NotNull((await UseAsync(server, secret, "p@shop.example")).Person);
    }

    [Fact]
    public async Task FindOrMake_AfterARestart_IsTheSameLinkUntilItIsReplaced()
    {
        using var folder = new TemporaryFolder();
        await using var first = await PeopleServer.StartAsync(folder: folder);
        var printed = await first.StartSecretAsync();
        await first.DisposeAsync();

        await using var second = await PeopleServer.StartAsync(folder: folder);
        Assert.Equal(printed, await second.StartSecretAsync());
        var replaced = await second.Services.GetRequiredService<StartLinks>().ReplaceAsync(Stop);

        Assert.Null((await UseAsync(second, printed, "p@shop.example")).Person);
        Assert.NotNull((await UseAsync(second, replaced, "p@shop.example")).Person);
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1:5080", "http://localhost:5080/start?token=s")]
    [InlineData(null, "http://[::]:80", "http://localhost:80/start?token=s")]
    [InlineData(null, "https://kindred.example:5443", "https://kindred.example:5443/start?token=s")]
    [InlineData("https://shop.example/personalize/", "http://127.0.0.1:5080", "https://shop.example/personalize/start?token=s")]
    public void Of_WhereItListens_IsAnAddressThatOpens(string? publicUrl, string listening, string expected) =>
        Assert.Equal(expected, StartAddress.Of(publicUrl is null ? null : new Uri(publicUrl), listening, "s"));

    private static Task<MadeAccount> UseAsync(PeopleServer server, string secret, string email, string password = PeopleServer.Password) =>
        server.WithAsync<SignUp, MadeAccount>(s => s.StartAsync(secret, new NewAccount(email, "Ada", password), "The shop", PeopleServer.Origin, Stop));
}
