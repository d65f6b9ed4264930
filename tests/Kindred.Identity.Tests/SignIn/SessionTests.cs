using System.Net;
using Kindred.Identity.Accounts;
using Kindred.Identity.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Tests.SignIn;

public sealed class SessionTests
{
    private const string Email = "ada@shop.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_RightPassword_SignsInThisBrowserOnly()
    {
        await using var server = await PeopleServer.StartAsync();
        var person = await server.SignUpAsync(Email);
        using var browser = server.Browse();

        Assert.Equal("Succeeded", await browser.EnterAsync(Email));

        Assert.Equal(person.Id, await browser.WhoAsync());
        Assert.Equal("nobody", await server.Browse().WhoAsync());
    }

    [Fact]
    public async Task Enter_FiveWrongPasswords_LocksOutTheRightOneToo()
    {
        await using var server = await PeopleServer.StartAsync();
        await server.SignUpAsync(Email);
        using var browser = server.Browse();

        for (var guess = 0; guess < 5; guess++) await browser.EnterAsync(Email, $"guess number {guess}");

        Assert.Equal("LockedOut", await browser.EnterAsync(Email));
        Assert.Equal("nobody", await browser.WhoAsync());
    }

    [Fact]
    public async Task End_OneOfTwoSessions_TheOtherGoesOn()
    {
        await using var server = await PeopleServer.StartAsync();
        var person = await server.SignUpAsync(Email);
        using var kept = server.Browse();
        using var ended = server.Browse();
        await kept.EnterAsync(Email);
        var first = Assert.Single(await IdsAsync(server));
        await ended.EnterAsync(Email);

        await server.Services.GetRequiredService<Sessions>().EndAsync(person.Id, Assert.Single(await IdsAsync(server), id => id != first), Stop);

        Assert.Equal("nobody", await ended.WhoAsync());
        Assert.Equal(person.Id, await kept.WhoAsync());
    }

    [Fact]
    public async Task End_ByAnotherPerson_DoesNothing()
    {
        await using var server = await PeopleServer.StartAsync();
        var (person, other) = (await server.SignUpAsync(Email), await server.SignUpAsync("other@shop.example"));
        using var browser = server.Browse();
        await browser.EnterAsync(Email);

        await server.Services.GetRequiredService<Sessions>().EndAsync(other.Id, Assert.Single(await IdsAsync(server)), Stop);

        Assert.Equal(person.Id, await browser.WhoAsync());
    }

    [Fact]
    public async Task ChangePassword_Elsewhere_EndsTheSessionAtOnce()
    {
        await using var server = await PeopleServer.StartAsync();
        await server.SignUpAsync(Email);
        using var browser = server.Browse();
        await browser.EnterAsync(Email);

        await server.WithAsync<UserManager<Person>, IdentityResult>(async people =>
            await people.ChangePasswordAsync((await people.FindByEmailAsync(Email))!, PeopleServer.Password, "another quiet harbour"));

        Assert.Equal("nobody", await browser.WhoAsync());
    }

    [Fact]
    public async Task Enter_BrowserThatIsSignedIn_GetsANewSessionInPlaceOfTheOld()
    {
        await using var server = await PeopleServer.StartAsync();
        await server.SignUpAsync(Email);
        using var browser = server.Browse();
        await browser.EnterAsync(Email);
        var before = Assert.Single(await IdsAsync(server));

        await browser.EnterAsync(Email);

        Assert.NotEqual(before, Assert.Single(await IdsAsync(server)));
    }

    [Theory]
    [InlineData("http://kindred.example", HttpStatusCode.Forbidden)]
    [InlineData("https://kindred.example", HttpStatusCode.NotFound)]
    [InlineData("http://localhost", HttpStatusCode.NotFound)]
    [InlineData("http://[::1]", HttpStatusCode.NotFound)]
    public async Task AccountPages_PlainHttp_OnlyOnLoopback(string address, HttpStatusCode expected)
    {
        await using var server = await PeopleServer.StartAsync();
        using var browser = server.Browse(address);

        using var answer = await browser.GetAsync(new Uri("/account/nothing", UriKind.Relative), Stop);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Cookie_OverHttps_IsSecureHttpOnlyAndLax()
    {
        await using var server = await PeopleServer.StartAsync();
        await server.SignUpAsync(Email);
        using var browser = server.Browse("https://kindred.example");

        using var answer = await browser.PostAsync(
            new Uri($"/enter?email={Email}&password={PeopleServer.Password}", UriKind.Relative), content: null, Stop);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("kindred=", StringComparison.Ordinal));
        Assert.EndsWith("; path=/; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/o/1/overview?x=1", "/o/1/overview?x=1")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/a\\..\\\\evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public void LocalUrl_WhateverTheAddressSaid_StaysOnThisSite(string? given, string expected) => Assert.Equal(expected, LocalUrl.Of(given));

    private static async Task<List<string>> IdsAsync(PeopleServer server)
    {
        await using var db = await server.Services.GetRequiredService<IDbContextFactory<AccountsDb>>().CreateDbContextAsync(Stop);
        return await db.Sessions.Select(s => s.Id).ToListAsync(Stop);
    }
}
