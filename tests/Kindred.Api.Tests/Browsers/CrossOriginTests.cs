using System.Text;
using System.Text.Json;
using Kindred.Api.Browsers;
using Kindred.Contracts.Access;

namespace Kindred.Api.Tests.Browsers;

/// <summary>What a browser asks before it sends an event, and what it may read of the answer.</summary>
public sealed class CrossOriginTests : IAsyncLifetime
{
    private const string Shop = "https://shop.example";
    private const string SdkHeaders =
        "authorization,content-type,x-amz-date,amz-sdk-invocation-id,amz-sdk-request,x-amz-content-sha256,x-amz-user-agent";
    private readonly ApiServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/events")]
    [InlineData("/recommendations")]
    [InlineData("/personalize-ranking")]
    [InlineData("/items")]
    [InlineData("/users")]
    public async Task Preflight_OriginOfSomeKey_IsGranted(string path)
    {
        await KeyAsync("https://other.example", Shop);

        var answer = await PreflightAsync(path, Shop);

        Assert.Equal((204, ""), (answer.Status, answer.Body));
        Assert.Equal(Shop, answer.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("POST", answer.Headers["Access-Control-Allow-Methods"], StringComparison.Ordinal);
        Assert.Equal(SdkHeaders, answer.Headers["Access-Control-Allow-Headers"]);
        Assert.Equal("Origin", answer.Headers["Vary"]);
        Assert.DoesNotContain("Access-Control-Allow-Credentials", answer.Headers.Keys);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://shop.example.evil.example")]
    [InlineData("http://shop.example")]
    [InlineData("https://shop.example:8443")]
    [InlineData("null")]
    public async Task Preflight_OriginOfNoKey_IsAnsweredWithoutAGrant(string origin)
    {
        await KeyAsync(Shop);

        var answer = await PreflightAsync("/events", origin);

        Assert.Equal((204, "OPTIONS, POST"), (answer.Status, answer.Headers["Allow"]));
        Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers.Keys);
    }

    [Fact]
    public async Task Preflight_KeyThatAllowsAnyOrigin_IsGranted()
    {
        await KeyAsync("*");

        Assert.Equal("capacitor://localhost", (await PreflightAsync("/events", "capacitor://localhost")).Headers["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Preflight_KeyMadeAfterARefusal_IsGrantedAtOnceAndKeysAreSeldomRead()
    {
        Assert.DoesNotContain("Access-Control-Allow-Origin", (await PreflightAsync("/events", Shop)).Headers.Keys);
        await KeyAsync(Shop);
        for (var i = 0; i < 5; i++) Assert.Contains("Access-Control-Allow-Origin", (await PreflightAsync("/events", Shop)).Headers.Keys);

        Assert.Equal(2, _server.Keys.OriginListings);
        _server.Clock.Advance(OriginDirectory.KeptFor);
        await PreflightAsync("/events", Shop);
        Assert.Equal(3, _server.Keys.OriginListings);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v1/keys")]
    [InlineData("/buckets/b/k")]
    public async Task Preflight_OfWhatPagesDoNotUse_IsNotThere(string path)
    {
        await KeyAsync(Shop);

        var answer = await PreflightAsync(path, Shop);

        Assert.Equal(404, answer.Status);
        Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers.Keys);
    }

    [Fact]
    public async Task Request_OfAnAllowedOrigin_MayBeReadWhateverTheAnswer()
    {
        var answer = await SendAsync(await KeyAsync(Shop), Shop, "{}");

        Assert.Equal(400, answer.Status);
        Assert.Equal((Shop, "Origin"), (answer.Headers["Access-Control-Allow-Origin"], answer.Headers["Vary"]));
        Assert.Contains("x-amzn-ErrorType", answer.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_RefusedBeforeItsKeyIsKnown_MayBeReadByOriginsThatSomeKeyAllows()
    {
        await KeyAsync(Shop);

        var ours = await SendAsync("KINDREDNOSUCHKEY0000:no-such-secret-here", Shop, "{}");
        var theirs = await SendAsync("KINDREDNOSUCHKEY0000:no-such-secret-here", "https://evil.example", "{}");

        Assert.Equal((403, 403), (ours.Status, theirs.Status));
        Assert.Equal(Shop, ours.Headers["Access-Control-Allow-Origin"]);
        Assert.Contains("Date", ours.Headers["Access-Control-Expose-Headers"], StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control-Allow-Origin", theirs.Headers.Keys);
    }

    [Fact]
    public async Task Request_OfAnotherOrigin_IsDenied()
    {
        var answer = await SendAsync(await KeyAsync(Shop), "https://evil.example", "{}");

        answer.AssertError(403, "AccessDeniedException");
        Assert.Contains("does not allow the origin 'https://evil.example'", answer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers.Keys);
    }

    [Fact]
    public async Task Request_WithoutAnOrigin_OrWithAKeyOfServers_IsAsBefore()
    {
        Assert.Equal(400, (await SendAsync(await KeyAsync(Shop), origin: null, "{}")).Status);
        var answer = await SendAsync(await _server.ApiKeyAsync(AccessScopes.Events), Shop, "{}");

        Assert.Equal(400, answer.Status);
        Assert.DoesNotContain("Access-Control-Allow-Origin", answer.Headers.Keys);
    }

    [Fact]
    public async Task Keys_AllowedOrigins_AreShownAndListed()
    {
        var root = $"{ApiServer.KeyId}:{ApiServer.Secret}";
        var issued = await SendAsync(root, null, """{"scopes":["events"],"allowedOrigins":["https://shop.example"]}""", "/v1/keys");

        Assert.Equal(201, issued.Status);
        Assert.Equal(Shop, JsonDocument.Parse(issued.Body).RootElement.GetProperty("allowedOrigins")[0].GetString());
        var listed = await RawHttp.SendAsync(_server, "GET", "/v1/keys", [("Host", "x"), ("x-api-key", root)], []);
        Assert.Contains("\"allowedOrigins\":[\"https://shop.example\"]", listed.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"scopes":["events"],"allowedOrigins":["shop.example"]}""", "'shop.example' is not an origin")]
    [InlineData("""{"scopes":["events"],"allowedOrigins":["https://shop.example/"]}""", "without a path")]
    [InlineData("""{"scopes":["events"],"allowedOrigins":["https://Shop.example"]}""", "in lower case")]
    [InlineData("""{"scopes":["events"],"allowedOrigins":["https://shop.example:443"]}""", "is not an origin")]
    [InlineData("""{"scopes":["events"],"allowedOrigins":["null"]}""", "is not an origin")]
    [InlineData("""{"scopes":["events"],"allowedOrigins":[null]}""", "is not an origin")]
    [InlineData("""{"scopes":["events","keys"],"allowedOrigins":["https://shop.example"]}""", "and no others")]
    public async Task Keys_WhatIsNoOrigin_IsRefused(string body, string says)
    {
        var answer = await SendAsync($"{ApiServer.KeyId}:{ApiServer.Secret}", null, body, "/v1/keys");

        answer.AssertError(400, "InvalidInputException");
        Assert.Contains(says, answer.Message, StringComparison.Ordinal);
    }

    private async Task<string> KeyAsync(params string[] origins)
    {
        var key = await _server.Issuer.IssueAsync(
            ApiServer.Account, new NewAccessKey(AccessScopes.Events | AccessScopes.Recommend) { AllowedOrigins = origins });
        return $"{key.Id}:{key.Secret}";
    }

    private Task<RawAnswer> PreflightAsync(string path, string origin) => RawHttp.SendAsync(
        _server, "OPTIONS", path,
        [("Host", "x"), ("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", SdkHeaders)], []);

    private Task<RawAnswer> SendAsync(string apiKey, string? origin, string body, string path = "/events") => RawHttp.SendAsync(
        _server, "POST", path,
        [("Host", "x"), ("x-api-key", apiKey), ("Content-Type", "application/json"), .. origin is null ? [] : new[] { ("Origin", origin) }],
        Encoding.UTF8.GetBytes(body));
}
