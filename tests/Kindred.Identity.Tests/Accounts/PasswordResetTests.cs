using System.Web;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Accounts;

namespace Kindred.Identity.Tests.Accounts;

public sealed class PasswordResetTests
{
    private const string Email = "ada@shop.example";
    private const string Another = "another quiet harbour";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reset_WithALink_WorksOnceAndEndsSessionsAndTheLockOut()
    {
        await using var server = await PeopleServer.StartAsync();
        await server.SignUpAsync(Email);
        var (person, token) = await MakeLinkAsync(server);
        using var open = server.Browse();
        await open.EnterAsync(Email);
        using var guesser = server.Browse();
        for (var guess = 0; guess < 5; guess++) await guesser.EnterAsync(Email, $"guess number {guess}");

        var (first, again) = (await ResetAsync(server, person, token, Another), await ResetAsync(server, person, token, "a third quiet harbour"));

        Assert.Empty(first);
        Assert.Contains("has been used", Assert.Single(again), StringComparison.Ordinal);
        Assert.Equal("nobody", await open.WhoAsync());
        Assert.Equal("Succeeded", await server.Browse().EnterAsync(Email, Another));
        Assert.Equal("Failed", await server.Browse().EnterAsync(Email));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("Q2ZESjg")]
    public async Task Reset_WithAnotherToken_IsRefused(string? token)
    {
        await using var server = await PeopleServer.StartAsync();
        var person = await server.SignUpAsync(Email);

        Assert.NotEmpty(await ResetAsync(server, person.Id, token, Another));
        Assert.False(await server.WithAsync<PasswordResets, bool>(r => r.FitsAsync(person.Id, token)));
        Assert.Equal("Succeeded", await server.Browse().EnterAsync(Email));
    }

    [Fact]
    public async Task Make_BySomebodyWhoIsNoOperator_IsRefused()
    {
        await using var server = await PeopleServer.StartAsync();
        var owner = await server.OwnerAsync();
        await server.SignUpAsync(Email);

        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            server.WithAsync<PasswordResets, string>(r => r.MakeAsync(owner, Email)));

        Assert.Equal(RefusalCode.AccessDenied, refused.Code);
    }

    private static async Task<(string Person, string Token)> MakeLinkAsync(PeopleServer server)
    {
        var secret = await server.StartSecretAsync();
        var started = await server.WithAsync<SignUp, MadeAccount>(s =>
            s.StartAsync(secret, new NewAccount("op@a.example", "", PeopleServer.Password), "Ops", null, Stop));
        var actor = (await server.Directory.FindPrincipalAsync(started.Person!.Id, PeopleServer.FirstAccount, Stop))!;
        var path = await server.WithAsync<PasswordResets, string>(r => r.MakeAsync(actor, Email));
        var query = HttpUtility.ParseQueryString(path.Split('?')[1]);
        return (query["person"]!, query["token"]!);
    }

    private static Task<IReadOnlyList<string>> ResetAsync(PeopleServer server, string person, string? token, string password) =>
        server.WithAsync<PasswordResets, IReadOnlyList<string>>(r => r.ResetAsync(person, token, password));
}
