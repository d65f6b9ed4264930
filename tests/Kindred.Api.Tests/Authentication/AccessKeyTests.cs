using Kindred.Contracts.Access;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Refusals;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Api.Tests.Authentication;

public sealed class AccessKeyTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task ApiKey_Right_PassesTheDoor() => (await SendAsync($"{ApiServer.KeyId}:{ApiServer.Secret}")).AssertError(404, "UnknownOperationException");

    [Theory]
    [InlineData("KINDREDEXAMPLEKEY234:wrong", "UnrecognizedClientException")]
    [InlineData("KINDREDNOSUCHKEY0000:wrong", "UnrecognizedClientException")]
    [InlineData("../../../etc/passwd:x", "UnrecognizedClientException")]
    [InlineData("KINDREDEXAMPLEKEY234", "IncompleteSignature")]
    [InlineData(":secret", "IncompleteSignature")]
    [InlineData("", "IncompleteSignature")]
    public async Task ApiKey_Wrong_IsRefused(string header, string code) => (await SendAsync(header)).AssertError(403, code);

    [Fact]
    public async Task Scope_Lacking_IsAccessDeniedAndNamesIt()
    {
        var answer = await SendAsync(await server.ApiKeyAsync(AccessScopes.Events));

        answer.AssertError(403, "AccessDeniedException");
        Assert.Contains("personalize:GetRecommendations. It lacks the scope 'recommend'", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expiry_Passed_IsExpiredToken()
    {
        var key = await server.ApiKeyAsync(AccessScopes.Recommend, expiresAt: server.Clock.GetUtcNow().AddMilliseconds(1));
        (await SendAsync(key)).AssertError(404, "UnknownOperationException");

        server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        (await SendAsync(key)).AssertError(403, "ExpiredTokenException");
    }

    [Fact]
    public async Task Cache_AsksTheStoreOnceInThirtySecondsAndThenSeesARevocation()
    {
        var key = await server.ApiKeyAsync(AccessScopes.Recommend);
        var before = server.Keys.Lookups;
        await SendAsync(key);
        await SendAsync(key);
        Assert.Equal(before + 1, server.Keys.Lookups);

        await server.Keys.RevokeAsync(ApiServer.Account, key.Split(':')[0], null);
        (await SendAsync(key)).AssertError(404, "UnknownOperationException");
        server.Clock.Advance(TimeSpan.FromSeconds(30));

        (await SendAsync(key)).AssertError(403, "UnrecognizedClientException");
    }

    [Fact]
    public async Task Cache_ARevocationElsewhere_IsSeenAsSoonAsTheFeedBringsIt()
    {
        var key = await server.ApiKeyAsync(AccessScopes.Recommend);
        (await SendAsync(key)).AssertError(404, "UnknownOperationException");
        await server.Keys.RevokeAsync(ApiServer.Account, key.Split(':')[0], null);

        server.Services.GetRequiredService<IChangeFeed>().Publish(new Change(ChangedSubject.AccessKey, key.Split(':')[0], 2));

        (await SendAsync(key)).AssertError(403, "UnrecognizedClientException");
    }

    [Fact]
    public async Task Cache_RemembersAbsenceForFiveSeconds()
    {
        var before = server.Keys.Lookups;
        await SendAsync("KINDREDABSENT0000000:x");
        await SendAsync("KINDREDABSENT0000000:x");
        Assert.Equal(before + 1, server.Keys.Lookups);

        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await SendAsync("KINDREDABSENT0000000:x");

        Assert.Equal(before + 2, server.Keys.Lookups);
    }

    [Fact]
    public async Task Issue_MakesIdsAndSecretsOfTheirForm()
    {
        var key = await server.Issuer.IssueAsync(ApiServer.Account, AccessScopes.Recommend);

        Assert.Matches("^KINDRED[A-Z2-7]{13}$", key.Id);
        Assert.Matches("^[A-Za-z0-9+/]{40}$", key.Secret);
        Assert.DoesNotContain(key.Secret, key.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key.Secret, (await server.Keys.FindAsync(key.Id))!.State.ProtectedSecret, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", "0123456789abcdef", "123456789012")]
    [InlineData("KINDRED/SLASH/0000", "0123456789abcdef", "123456789012")]
    [InlineData("KINDREDGOODID0000000", "short", "123456789012")]
    [InlineData("KINDREDGOODID0000000", "0123456789abcdef", "12345678901x")]
    public async Task Issue_BadValues_IsRefused(string id, string secret, string account) => Assert.Equal(
        RefusalCode.InvalidInput,
        (await Assert.ThrowsAsync<RefusedException>(() => server.Issuer.IssueAsync(id, secret, account, AccessScopes.All))).Code);

    private Task<RawAnswer> SendAsync(string apiKey) =>
        RawHttp.SendAsync(server, "POST", "/recommendations", [("Host", "x"), ("x-api-key", apiKey)], []);
}
