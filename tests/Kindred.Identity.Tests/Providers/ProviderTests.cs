using System.Net;
using Kindred.Contracts.Access;
using Kindred.Identity.Accounts;
using Kindred.Identity.Applications;
using Kindred.Identity.Organisations;
using Kindred.Identity.Providers;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Tests.Providers;

/// <summary>A deployment whose people and tokens come from another OpenID Connect server: a second deployment, on a port of its own.</summary>
public sealed class ProviderTests
{
    private const string Email = "ada@company.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_ByTheProvider_MakesAnAccountOnceAndFindsItAgain()
    {
        await using var provider = await PeopleServer.StartAsync(listens: true);
        var (authority, client) = await RegisterAsync(provider);
        await using var server = await StartAsync(authority, client);

        var first = await SignInAsync(provider, server);
        var second = await SignInAsync(provider, server);

        Assert.NotEqual("nobody", first);
        Assert.Equal(first, second);
        Assert.Empty(await server.Directory.ListAsync(first, Stop));
    }

    [Fact]
    public async Task SignIn_WithTheUnverifiedAddressOfAnAccount_IsRefused()
    {
        await using var provider = await PeopleServer.StartAsync(listens: true);
        var (authority, client) = await RegisterAsync(provider);
        await using var server = await StartAsync(authority, client);
        await server.SignUpAsync(Email); // somebody else's account here: the provider did not verify the address

        Assert.Equal("nobody", await SignInAsync(provider, server));
    }

    [Fact]
    public async Task Bearer_WithATokenOfTheOtherIssuer_ActsInTheAccountThatItNames()
    {
        await using var issuer = await PeopleServer.StartAsync(listens: true);
        var (authority, client) = await RegisterAsync(issuer);
        var token = await issuer.TokenAsync(client);
        await using var server = await StartAsync(authority, client);
        await using var other = await PeopleServer.StartAsync();

        var principal = await server.Services.GetRequiredService<IBearerTokens>().FindPrincipalAsync(token, Stop);

        Assert.Equal(ActorKind.Application, principal!.Actor);
        Assert.Equal((await issuer.Directory.ListAsync((await OwnerIdAsync(issuer)), Stop))[0].Account, principal.Account);
        Assert.Equal(AccessScopes.Read, principal.Scopes);
        // Who was not told of the issuer takes none of its tokens.
        Assert.Null(await other.Services.GetRequiredService<IBearerTokens>().FindPrincipalAsync(token, Stop));
    }

    [Fact]
    public async Task Bearer_ForAnotherAudience_IsRefused()
    {
        await using var issuer = await PeopleServer.StartAsync(listens: true);
        var (authority, client) = await RegisterAsync(issuer);
        var token = await issuer.TokenAsync(client);
        await using var server = await PeopleServer.StartAsync(
            options: o => o with { Jwt = new IssuerOptions(authority, "somebody-else", "kindred_account", null) });

        Assert.Null(await server.Services.GetRequiredService<IBearerTokens>().FindPrincipalAsync(token, Stop));
    }

    private static async Task<string> OwnerIdAsync(PeopleServer server) =>
        await server.WithAsync<UserManager<Person>, string>(async people => (await people.FindByEmailAsync(Email))!.Id);

    private static async Task<(Uri Authority, MadeApplication Client)> RegisterAsync(PeopleServer provider)
    {
        var owner = await provider.OwnerAsync(Email);
        var made = await provider.WithAsync<ApplicationRegister, MadeApplication>(r => r.MakeAsync(
            owner, new NewApplication("The other deployment", AccessScopes.Read, ["http://localhost/account/external/callback"]), Stop));
        return (provider.Address!, made);
    }

    private static Task<PeopleServer> StartAsync(Uri authority, MadeApplication client) => PeopleServer.StartAsync(options: o => o with
    {
        Oidc = new ProviderOptions(authority, client.ClientId, client.Secret, "the company"),
        Jwt = new IssuerOptions(authority, "kindred", "kindred_account", null),
    });

    /// <summary>What a browser does: to the provider, where somebody signs in, and back.</summary>
    private static async Task<string> SignInAsync(PeopleServer provider, PeopleServer server)
    {
        using var browser = server.Browse();
        using var away = await browser.GetAsync(new Uri("/account/external", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.Redirect, away.StatusCode);
        using var there = provider.Browse(provider.Address!.AbsoluteUri);
        await there.EnterAsync(Email);
        using var back = await there.GetAsync(away.Headers.Location, Stop);
        Assert.Equal("localhost", back.Headers.Location!.Host);
        using var arrived = await browser.GetAsync(back.Headers.Location, Stop);
        using var signedIn = await browser.GetAsync(arrived.Headers.Location, Stop);
        return await browser.WhoAsync();
    }
}
