using System.Net;
using Kindred.Api.Proxies;

namespace Kindred.Api.Tests.Proxies;

/// <summary>Requests as they arrive behind a proxy: signed for one address, received at another.</summary>
public sealed class ProxyTests
{
    private static readonly ProxyOptions Trusting = new();
    private static readonly ProxyOptions Untrusting = new() { TrustedProxies = [] };

    private static ProxyOptions Public(string url) => new() { PublicUrl = new Uri(url), TrustedProxies = [] };

    public static TheoryData<string, string, string, string, string> Forwarded() => new()
    {
        // signed host, signed path, received host, received path, headers of the proxy
        { "shop.example", "/recommendations", "127.0.0.1:5080", "/recommendations", "X-Forwarded-Host: shop.example" },
        { "shop.example", "/recommendations", "upstream", "/recommendations", "x-forwarded-host: shop.example, inner.example" },
        { "shop.example", "/recommendations", "upstream", "/recommendations", "X-Forwarded-Host: shop.example:443" },
        { "shop.example:8443", "/recommendations", "shop.example", "/recommendations", "X-Forwarded-Port: 8443" },
        { "shop.example:8443", "/recommendations", "upstream", "/recommendations", "X-Forwarded-Host: shop.example|X-Forwarded-Port: 8443" },
        { "shop.example", "/recommendations", "upstream", "/recommendations", "X-Original-Host: shop.example" },
        {
            "shop.example:8443", "/recommendations", "upstream", "/recommendations",
            "Forwarded: for=192.0.2.60;proto=https;host=\"shop.example:8443\", for=1.2.3.4"
        },
        { "shop.example", "/personalize/recommendations", "shop.example", "/recommendations", "X-Forwarded-Prefix: /personalize" },
        { "shop.example", "/a/b/recommendations", "upstream", "/recommendations", "X-Forwarded-Prefix: /a/b/|X-Forwarded-Host: shop.example" },
    };

    [Theory, MemberData(nameof(Forwarded))]
    public async Task Request_ThroughATrustedProxy_IsAuthentic(string host, string path, string receivedHost, string receivedPath, string headers)
    {
        PassesTheDoor(await SendAsync(Trusting, host, path, receivedHost, receivedPath, headers));
        (await SendAsync(Untrusting, host, path, receivedHost, receivedPath, headers)).AssertError(403, "InvalidSignatureException");
    }

    [Theory]
    [InlineData("https://shop.example", "shop.example", "/recommendations", "127.0.0.1:5080", "/recommendations")]
    [InlineData("https://shop.example:8443/", "shop.example:8443", "/recommendations", "shop.example", "/recommendations")]
    [InlineData("https://shop.example/personalize", "shop.example", "/personalize/recommendations", "upstream:5080", "/recommendations")]
    [InlineData("https://shop.example/personalize/", "shop.example", "/personalize/recommendations", "upstream", "/personalize/recommendations")]
    [InlineData("https://shop.example/personalize", "127.0.0.1:5080", "/recommendations", "127.0.0.1:5080", "/recommendations")]
    public async Task Request_ToThePublicUrl_IsAuthentic(string url, string host, string path, string receivedHost, string receivedPath)
    {
        PassesTheDoor(await SendAsync(Public(url), host, path, receivedHost, receivedPath));
    }

    [Theory]
    [InlineData("shop.example:443")]
    [InlineData("shop.example:80")]
    public async Task Request_WithTheStandardPortPutIn_IsAuthentic(string receivedHost) =>
        PassesTheDoor(await SendAsync(Untrusting, "shop.example", "/recommendations", receivedHost, "/recommendations"));

    [Theory]
    [InlineData("evil.example", "/recommendations")]
    [InlineData("shop.example", "/other/recommendations")]
    [InlineData("shop.example:8443", "/personalize/recommendations")]
    public async Task Request_SignedForAnotherAddress_IsNot(string host, string path) =>
        (await SendAsync(Public("https://shop.example/personalize"), host, path, "upstream", "/recommendations"))
        .AssertError(403, "InvalidSignatureException");

    [Fact]
    public async Task Request_WithACloudFrontId_IsAuthentic() =>
        PassesTheDoor(await SendAsync(Untrusting, "shop.example", "/recommendations", "shop.example", "/recommendations", "X-Amz-Cf-Id: abc=="));

    [Fact]
    public async Task EndpointWithAPath_WithoutAPublicUrl_IsNotThere() =>
        (await SendAsync(Untrusting, "shop.example", "/personalize/recommendations", "shop.example", "/personalize/recommendations"))
        .AssertError(404, "UnknownOperationException");

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.9", true)]
    [InlineData("10.0.0.1", false)]
    public void Trusts_ByDefault_ThisMachine(string address, bool trusted) =>
        Assert.Equal(trusted, new ProxyOptions().Trusts(IPAddress.Parse(address)));

    private static void PassesTheDoor(RawAnswer answer)
    {
        answer.AssertError(404, "UnknownOperationException");
        Assert.Contains("is part of the contract", answer.Message, StringComparison.Ordinal);
    }

    private static async Task<RawAnswer> SendAsync(
        ProxyOptions proxies, string host, string path, string receivedHost, string receivedPath, string headers = "")
    {
        var server = new ApiServer { Proxies = proxies };
        await server.InitializeAsync();
        try
        {
            var signer = new TestSigner { Path = path };
            var authorization = signer.Authorization([("host", host), ("x-amz-date", signer.Timestamp)]);
            var added = headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(header => header.Split(": ", 2)).Select(h => (h[0], h[1]));
            return await RawHttp.SendAsync(
                server, "POST", receivedPath,
                [("Host", receivedHost), ("x-amz-date", signer.Timestamp), ("authorization", authorization), .. added], signer.Body);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
