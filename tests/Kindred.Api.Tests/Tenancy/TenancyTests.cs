using System.Text;
using System.Text.Json;
using Kindred.Api.Authentication;
using Kindred.Contracts.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Api.Tests.Tenancy;

public sealed class TenancyTests(ApiServer server) : IClassFixture<ApiServer>
{
    private static readonly string Root = $"{ApiServer.KeyId}:{ApiServer.Secret}";

    [Fact]
    public async Task Keys_IssueUseListRevoke_GoesRound()
    {
        var issued = await SendAsync(Root, "POST", "/v1/keys", """{"scopes":["recommend","events"],"expiresAt":"2027-01-01T00:00:00Z"}""");
        Assert.Equal(201, issued.Status);
        var key = JsonDocument.Parse(issued.Body).RootElement;
        var (id, secret) = (key.GetProperty("id").GetString(), key.GetProperty("secret").GetString());
        Assert.Equal(["recommend", "events"], key.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()));

        (await SendAsync($"{id}:{secret}", "POST", "/recommendations", "{}")).AssertError(404, "UnknownOperationException");
        var list = await SendAsync(Root, "GET", "/v1/keys", "");
        Assert.Contains(id!, list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", list.Body, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(204, (await SendAsync(Root, "DELETE", $"/v1/keys/{id}", "")).Status);
        // Revoked in this process: refused at once, not when the cache forgets.
        (await SendAsync($"{id}:{secret}", "POST", "/recommendations", "{}")).AssertError(403, "UnrecognizedClientException");
    }

    [Theory]
    [InlineData("{}", "InvalidInputException")]
    [InlineData("""{"scopes":[]}""", "InvalidInputException")]
    [InlineData("""{"scopes":["everything"]}""", "InvalidInputException")]
    [InlineData("""{"scopes":[null]}""", "InvalidInputException")]
    [InlineData("""{"scopes":["keys"],"expiresAt":"2020-01-01T00:00:00Z"}""", "InvalidInputException")]
    [InlineData("""{"scopes":"keys"}""", "SerializationException")]
    [InlineData("""{"scopes":["keys"],"expiresAt":"soon"}""", "SerializationException")]
    [InlineData("null", "SerializationException")]
    [InlineData("{", "SerializationException")]
    public async Task Keys_BadRequest_IsRefused(string body, string code) => (await SendAsync(Root, "POST", "/v1/keys", body)).AssertError(400, code);

    [Fact]
    public async Task Keys_MoreScopesThanOnesOwn_IsDenied()
    {
        var key = await server.ApiKeyAsync(AccessScopes.Keys | AccessScopes.Recommend);

        (await SendAsync(key, "POST", "/v1/keys", """{"scopes":["recommend","operator"]}""")).AssertError(403, "AccessDeniedException");
        Assert.Equal(201, (await SendAsync(key, "POST", "/v1/keys", """{"scopes":["recommend"]}""")).Status);
    }

    [Fact]
    public async Task Keys_MadeByOneThatEnds_EndNoLater()
    {
        var parent = JsonDocument.Parse((await SendAsync(Root, "POST", "/v1/keys", """{"scopes":["keys"],"expiresAt":"2030-01-01T00:00:00Z"}""")).Body)
            .RootElement;
        var key = $"{parent.GetProperty("id").GetString()}:{parent.GetProperty("secret").GetString()}";

        var child = await SendAsync(key, "POST", "/v1/keys", """{"scopes":["keys"]}""");
        var longer = await SendAsync(key, "POST", "/v1/keys", """{"scopes":["keys"],"expiresAt":"2030-01-02T00:00:00Z"}""");

        Assert.Equal("2030-01-01T00:00:00+00:00", JsonDocument.Parse(child.Body).RootElement.GetProperty("expiresAt").GetString());
        longer.AssertError(403, "AccessDeniedException");
    }

    [Fact]
    public async Task Keys_Rolled_OverlapForAsLongAsWasAsked_AndTheOldOneEnds()
    {
        var old = await KeyAsync("""{"name":"shop backend","scopes":["recommend"]}""");

        var rolled = await SendAsync(Root, "POST", $"/v1/keys/{Id(old)}/roll", """{"overlapSeconds":3600}""");

        Assert.Equal(201, rolled.Status);
        var next = JsonDocument.Parse(rolled.Body).RootElement;
        Assert.Equal("shop backend", next.GetProperty("name").GetString());
        Assert.Equal("recommend", Assert.Single(next.GetProperty("scopes").EnumerateArray()).GetString());
        foreach (var key in (string[])[old, $"{next.GetProperty("id").GetString()}:{next.GetProperty("secret").GetString()}"])
            (await SendAsync(key, "POST", "/recommendations", "{}")).AssertError(404, "UnknownOperationException");
        var listed = await ListedAsync(Id(old));
        Assert.Equal(server.Clock.GetUtcNow().AddHours(1), listed.GetProperty("expiresAt").GetDateTimeOffset());

        // Without an overlap the old one ends with the answer.
        Assert.Equal(201, (await SendAsync(Root, "POST", $"/v1/keys/{Id(old)}/roll", "{}")).Status);
        (await SendAsync(old, "POST", "/recommendations", "{}")).AssertError(403, "UnrecognizedClientException");
        (await SendAsync(Root, "POST", $"/v1/keys/{Id(old)}/roll", "{}")).AssertError(404, "ResourceNotFoundException");
        var tooLong = await KeyAsync("""{"scopes":["recommend"]}""");
        (await SendAsync(Root, "POST", $"/v1/keys/{Id(tooLong)}/roll", """{"overlapSeconds":1e12}""")).AssertError(400, "InvalidInputException");
    }

    [Fact]
    public async Task Keys_Disabled_AreRefusedUntilTheyAreEnabled()
    {
        var key = await KeyAsync("""{"scopes":["recommend"]}""");

        Assert.Equal(204, (await SendAsync(Root, "POST", $"/v1/keys/{Id(key)}/disable", "")).Status);
        (await SendAsync(key, "POST", "/recommendations", "{}")).AssertError(403, "AccessDeniedException");
        Assert.True((await ListedAsync(Id(key))).TryGetProperty("disabledAt", out _));

        Assert.Equal(204, (await SendAsync(Root, "POST", $"/v1/keys/{Id(key)}/enable", "")).Status);
        (await SendAsync(key, "POST", "/recommendations", "{}")).AssertError(404, "UnknownOperationException");
    }

    [Fact]
    public async Task Keys_Used_SayWhen_AndTheStoreHearsOfIt()
    {
        var key = await KeyAsync("""{"scopes":["recommend"]}""");
        Assert.False((await ListedAsync(Id(key))).TryGetProperty("lastUsedAt", out _));

        await SendAsync(key, "POST", "/recommendations", "{}");

        Assert.Equal(server.Clock.GetUtcNow(), (await ListedAsync(Id(key))).GetProperty("lastUsedAt").GetDateTimeOffset());
        await server.Services.GetRequiredService<AccessKeyUse>().StoreAsync();
        Assert.Equal(server.Clock.GetUtcNow(), (await server.Keys.FindAsync(Id(key)))!.State.LastUsedAt);
    }

    [Fact]
    public async Task Keys_MadeChangedAndEnded_AreInTheTrailWithoutTheirSecrets()
    {
        var key = await KeyAsync("""{"name":"audited","scopes":["recommend"]}""");
        await SendAsync(Root, "POST", $"/v1/keys/{Id(key)}/disable", "");
        await SendAsync(Root, "DELETE", $"/v1/keys/{Id(key)}", "");

        var answer = await SendAsync(Root, "GET", "/v1/audit?limit=1000", "");

        var entries = JsonDocument.Parse(answer.Body).RootElement.GetProperty("entries").EnumerateArray()
            .Where(entry => entry.GetProperty("target").GetString() == Id(key)).ToList();
        Assert.Equal(["keys:Revoke", "keys:Disable", "keys:Create"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.All(entries, entry => Assert.Equal("127.0.0.1", entry.GetProperty("origin").GetString()));
        Assert.All(entries, entry => Assert.Equal($"access-key/{ApiServer.KeyId}", entry.GetProperty("actor").GetString()));
        Assert.Contains("audited", entries[^1].GetProperty("after").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..], answer.Body, StringComparison.Ordinal);
        (await SendAsync(await server.ApiKeyAsync(AccessScopes.Control), "GET", "/v1/audit", "")).AssertError(403, "AccessDeniedException");
        (await SendAsync(Root, "GET", "/v1/audit?limit=many", "")).AssertError(400, "InvalidInputException");
    }

    [Fact]
    public async Task Keys_OfAnotherTenant_AreNotThere()
    {
        var other = await server.ApiKeyAsync(AccessScopes.Tenant, "999999999999");

        (await SendAsync(other, "DELETE", $"/v1/keys/{ApiServer.KeyId}", "")).AssertError(404, "ResourceNotFoundException");
        Assert.DoesNotContain(ApiServer.KeyId, (await SendAsync(other, "GET", "/v1/keys", "")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tenants_Create_GivesAKeyOfTheNewTenantOnly()
    {
        var created = await SendAsync(Root, "POST", "/v1/tenants", """{"account":"210987654321","name":"Shop"}""");
        Assert.Equal(201, created.Status);
        var key = JsonDocument.Parse(created.Body).RootElement.GetProperty("key");
        Assert.Equal("210987654321", key.GetProperty("account").GetString());
        Assert.DoesNotContain("operator", key.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()));

        (await SendAsync(Root, "POST", "/v1/tenants", """{"account":"210987654321"}""")).AssertError(400, "ResourceAlreadyExistsException");
        (await SendAsync(Root, "POST", "/v1/tenants", """{"account":"21098765432x"}""")).AssertError(400, "InvalidInputException");
        Assert.Equal(201, (await SendAsync(Root, "POST", "/v1/tenants", "")).Status);
    }

    [Fact]
    public async Task Tenants_WithoutTheOperatorsScope_IsDenied() =>
        (await SendAsync(await server.ApiKeyAsync(AccessScopes.Tenant), "POST", "/v1/tenants", "{}")).AssertError(403, "AccessDeniedException");

    /// <returns>A new key, as its header.</returns>
    private async Task<string> KeyAsync(string body)
    {
        var key = JsonDocument.Parse((await SendAsync(Root, "POST", "/v1/keys", body)).Body).RootElement;
        return $"{key.GetProperty("id").GetString()}:{key.GetProperty("secret").GetString()}";
    }

    private static string Id(string key) => key[..key.IndexOf(':', StringComparison.Ordinal)];

    private async Task<JsonElement> ListedAsync(string id) =>
        JsonDocument.Parse((await SendAsync(Root, "GET", "/v1/keys", "")).Body).RootElement.GetProperty("keys").EnumerateArray()
            .Single(key => key.GetProperty("id").GetString() == id);

    private Task<RawAnswer> SendAsync(string apiKey, string method, string path, string body) =>
        RawHttp.SendAsync(server, method, path, [("Host", "x"), ("x-api-key", apiKey)], Encoding.UTF8.GetBytes(body));
}
