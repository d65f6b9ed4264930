using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;
using Kindred.Identity.Accounts;
using Kindred.Identity.Applications;
using Kindred.Identity.Organisations;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Tests.Tokens;

public sealed class TokenTests
{
    private const string Redirect = "https://app.example/back";
    private const string Email = "owner@a.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClientCredentials_OfAnApplication_ActInItsOrganisationWithItsScopes()
    {
        await using var server = await PeopleServer.StartAsync();
        var owner = await server.OwnerAsync(Email);
        var made = await RegisterAsync(server, owner, AccessScopes.Read | AccessScopes.Recommend);

        var token = await server.TokenAsync(made);

        var principal = await ReadAsync(server, token);
        Assert.Equal((owner.Account, ActorKind.Application, made.ClientId), (principal!.Account, principal.Actor, principal.ActorId));
        Assert.Equal(AccessScopes.Read | AccessScopes.Recommend, principal.Scopes);
    }

    [Theory]
    [InlineData("wrong secret", "read", "invalid_client")]
    [InlineData(null, "keys", "invalid_request")]
    public async Task ClientCredentials_WhatWasNotGiven_IsRefused(string? secret, string scope, string error)
    {
        await using var server = await PeopleServer.StartAsync();
        var made = await RegisterAsync(server, await server.OwnerAsync(Email), AccessScopes.Read);

        var answer = await AskAsync(server, made, secret, new() { ["grant_type"] = "client_credentials", ["scope"] = scope });

        Assert.Equal(error, (string?)answer["error"]);
    }

    [Fact]
    public async Task Token_AfterItWasRevoked_OrItsApplicationRemoved_HasEnded()
    {
        await using var server = await PeopleServer.StartAsync();
        var owner = await server.OwnerAsync(Email);
        var made = await RegisterAsync(server, owner, AccessScopes.Read);
        var (revoked, other) = (await server.TokenAsync(made), await server.TokenAsync(made));
        Assert.NotNull(await ReadAsync(server, revoked));

        await PostAsync(server, "/connect/revoke", made, null, new() { ["token"] = revoked });
        Assert.Null(await ReadAsync(server, revoked));
        Assert.NotNull(await ReadAsync(server, other));

        await server.WithAsync<ApplicationRegister, bool>(async r => { await r.RemoveAsync(owner, made.ClientId, Stop); return true; });
        Assert.Null(await ReadAsync(server, other));
    }

    [Fact]
    public async Task RenewedSecret_EndsTheOldOneAndItsTokens_AndIsOfThatOrganisationAlone()
    {
        await using var server = await PeopleServer.StartAsync();
        var owner = await server.OwnerAsync(Email);
        var made = await RegisterAsync(server, owner, AccessScopes.Read);
        var before = await server.TokenAsync(made);
        Assert.NotNull(await ReadAsync(server, before));

        var renewed = await server.WithAsync<ApplicationRegister, MadeApplication>(r => r.RenewSecretAsync(owner, made.ClientId, Stop));

        Assert.Equal(made.ClientId, renewed.ClientId);
        Assert.Null(await ReadAsync(server, before));
        Assert.Equal("invalid_client", (string?)(await AskAsync(server, made, null, new() { ["grant_type"] = "client_credentials" }))["error"]);
        Assert.NotNull(await ReadAsync(server, await server.TokenAsync(renewed)));
        var stranger = Principal.OfPerson("999999999999", owner.ActorId, owner.Scopes);
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            server.WithAsync<ApplicationRegister, MadeApplication>(r => r.RenewSecretAsync(stranger, made.ClientId, Stop)));
        Assert.Equal(RefusalCode.ResourceNotFound, refused.Code);
    }

    [Fact]
    public async Task Token_ThatIsForgedOrOld_IsNone()
    {
        await using var server = await PeopleServer.StartAsync();
        var token = await server.TokenAsync(await RegisterAsync(server, await server.OwnerAsync(Email), AccessScopes.Read));
        var parts = token.Split('.');

        Assert.Null(await ReadAsync(server, $"{parts[0]}.{parts[1]}."));
        Assert.Null(await ReadAsync(server, $"{parts[0]}.{parts[1]}x.{parts[2]}"));
        Assert.Null(await ReadAsync(server, "nothing"));
        Assert.Null(await ReadAsync(server, new string('a', 9000)));
        server.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Null(await ReadAsync(server, token));
    }

    [Fact]
    public async Task Code_OfAMember_ActsAsThatPersonUntilTheRoleIsTaken()
    {
        await using var server = await PeopleServer.StartAsync();
        var owner = await server.OwnerAsync(Email);
        var person = await server.SignUpAsync("dev@b.example");
        await server.JoinAsync(owner.Account, person, OrganisationRole.Analyst);
        var made = await RegisterAsync(server, owner, AccessScopes.Read | AccessScopes.Control | AccessScopes.Keys, Redirect);

        var token = await OfAPersonAsync(server, made, "dev@b.example", "read control keys");

        // The application may more than the analyst in front of it.
        var principal = await ReadAsync(server, token);
        Assert.Equal((owner.Account, ActorKind.Person, person.Id), (principal!.Account, principal.Actor, principal.ActorId));
        Assert.Equal(AccessScopes.Read, principal.Scopes);

        await server.Services.GetRequiredService<Members>().RemoveAsync(owner, person.Id, Stop);
        Assert.Null(await ReadAsync(server, token));
    }

    [Fact]
    public async Task Code_AfterAChangeOfPassword_ItsTokenHasEnded()
    {
        await using var server = await PeopleServer.StartAsync();
        var made = await RegisterAsync(server, await server.OwnerAsync(Email), AccessScopes.Read, Redirect);
        var token = await OfAPersonAsync(server, made, Email, "read");
        Assert.NotNull(await ReadAsync(server, token));

        await server.WithAsync<UserManager<Person>, IdentityResult>(async people =>
            await people.ChangePasswordAsync((await people.FindByEmailAsync(Email))!, PeopleServer.Password, "another quiet harbour"));

        Assert.Null(await ReadAsync(server, token));
    }

    [Fact]
    public async Task Authorize_OfAnotherOrganisationsMember_OrToAnotherAddress_GivesNoCode()
    {
        await using var server = await PeopleServer.StartAsync();
        var made = await RegisterAsync(server, await server.OwnerAsync(Email), AccessScopes.Read, Redirect);
        await server.SignUpAsync("stranger@b.example");
        using var stranger = server.Browse();
        await stranger.EnterAsync("stranger@b.example");
        using var member = server.Browse();
        await member.EnterAsync(Email);

        using var refused = await stranger.GetAsync(AuthorizeAddress(made, Redirect, "read"), Stop);
        using var astray = await member.GetAsync(AuthorizeAddress(made, "https://evil.example/", "read"), Stop);
        using var nobody = await server.Browse().GetAsync(AuthorizeAddress(made, Redirect, "read"), Stop);

        Assert.StartsWith($"{Redirect}?error=access_denied", refused.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, astray.StatusCode);
        Assert.Equal("/account/sign-in", nobody.Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task Make_ByWhoMayLess_IsRefused()
    {
        await using var server = await PeopleServer.StartAsync();
        var owner = await server.OwnerAsync(Email);
        var developer = Principal.OfPerson(owner.Account, owner.ActorId, RoleScopes.Of(OrganisationRole.Developer));
        var reader = Principal.OfAccessKey(owner.Account, "KINDRED2", AccessScopes.Keys | AccessScopes.Read);

        var lacksKeys = await Assert.ThrowsAsync<RefusedException>(() => RegisterAsync(server, developer, AccessScopes.Read));
        var lacksScope = await Assert.ThrowsAsync<RefusedException>(() => RegisterAsync(server, reader, AccessScopes.Control));
        var runsAll = await Assert.ThrowsAsync<RefusedException>(() => RegisterAsync(server, owner, AccessScopes.Operator));

        Assert.Equal(
            [RefusalCode.AccessDenied, RefusalCode.AccessDenied, RefusalCode.InvalidInput], [lacksKeys.Code, lacksScope.Code, runsAll.Code]);
    }

    private static Task<MadeApplication> RegisterAsync(PeopleServer server, Principal actor, AccessScopes scopes, params string[] redirects) =>
        server.WithAsync<ApplicationRegister, MadeApplication>(r => r.MakeAsync(actor, new NewApplication("Robot", scopes, redirects), Stop));

    private static async Task<Principal?> ReadAsync(PeopleServer server, string token) =>
        await server.Services.GetRequiredService<IBearerTokens>().FindPrincipalAsync(token, Stop);

    private static async Task<string> OfAPersonAsync(PeopleServer server, MadeApplication made, string email, string scopes)
    {
        using var browser = server.Browse();
        await browser.EnterAsync(email);
        using var answer = await browser.GetAsync(AuthorizeAddress(made, Redirect, scopes), Stop);
        var code = HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["code"];
        Assert.NotNull(code);
        var tokens = await AskAsync(server, made, null, new()
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = Redirect, ["code_verifier"] = Verifier,
        });
        return (string)tokens["access_token"]!;
    }

    private const string Verifier = "a-verifier-of-at-least-forty-three-characters-long";

    private static Uri AuthorizeAddress(MadeApplication made, string redirect, string scopes)
    {
        var challenge = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
        return new Uri($"/connect/authorize?response_type=code&client_id={made.ClientId}&redirect_uri={Uri.EscapeDataString(redirect)}"
            + $"&scope={Uri.EscapeDataString(scopes)}&code_challenge={challenge}&code_challenge_method=S256", UriKind.Relative);
    }

    private static Task<JsonNode> AskAsync(PeopleServer server, MadeApplication made, string? secret, Dictionary<string, string> form) =>
        PostAsync(server, "/connect/token", made, secret, form);

    private static async Task<JsonNode> PostAsync(
        PeopleServer server, string path, MadeApplication made, string? secret, Dictionary<string, string> form)
    {
        form["client_id"] = made.ClientId;
        form["client_secret"] = secret ?? made.Secret;
        using var client = server.Browse();
        using var content = new FormUrlEncodedContent(form);
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content, Stop);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
    }
}
