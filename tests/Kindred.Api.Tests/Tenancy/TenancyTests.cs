using System.Text;
using System.Text.Json;
using Kindred.Contracts.Access;

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

    private Task<RawAnswer> SendAsync(string apiKey, string method, string path, string body) =>
        RawHttp.SendAsync(server, method, path, [("Host", "x"), ("x-api-key", apiKey)], Encoding.UTF8.GetBytes(body));
}
