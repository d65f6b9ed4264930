using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kindred.Contracts.Access;

namespace Kindred.Api.Tests.Buckets;

public sealed class BucketTests(ApiServer server) : IClassFixture<ApiServer>
{
    private static readonly (string, string) Host = ("Host", "localhost");
    private static readonly (string, string) ApiKey = ("x-api-key", $"{ApiServer.KeyId}:{ApiServer.Secret}");

    [Fact]
    public async Task PutGetHeadListDelete_OneObject_GoesRound()
    {
        var body = Encoding.UTF8.GetBytes("USER_ID,ITEM_ID\n1,2\n");
        var put = await RawHttp.SendAsync(server, "PUT", "/buckets/round-trip/folder/a%20b.csv", [Host, ApiKey], body);
        var get = await RawHttp.SendAsync(server, "GET", "/buckets/round-trip/folder/a%20b.csv", [Host, ApiKey], []);
        var head = await RawHttp.SendAsync(server, "HEAD", "/buckets/round-trip/folder/a%20b.csv", [Host, ApiKey], []);
        var list = await RawHttp.SendAsync(server, "GET", "/buckets/round-trip?prefix=folder/", [Host, ApiKey], []);
        var delete = await RawHttp.SendAsync(server, "DELETE", "/buckets/round-trip/folder/a%20b.csv", [Host, ApiKey], []);
        var gone = await RawHttp.SendAsync(server, "GET", "/buckets/round-trip/folder/a%20b.csv", [Host, ApiKey], []);

        Assert.Equal(200, put.Status);
        Assert.Equal("s3://round-trip/folder/a b.csv", JsonDocument.Parse(put.Body).RootElement.GetProperty("location").GetString());
        Assert.Equal((200, "USER_ID,ITEM_ID\n1,2\n"), (get.Status, get.Body));
        Assert.Equal(
            (200, body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), ""),
            (head.Status, head.Headers["Content-Length"], head.Body));
        Assert.Equal("a b.csv", JsonDocument.Parse(list.Body).RootElement.GetProperty("objects")[0].GetProperty("name").GetString());
        Assert.Equal(204, delete.Status);
        gone.AssertError(404, "ResourceNotFoundException");
    }

    [Theory]
    [InlineData("personalize", true)]
    [InlineData("personalize", false)]
    [InlineData("s3", true)]
    [InlineData("s3", false)]
    public async Task Put_Signed_IsStored(string service, bool hashed)
    {
        var body = "a,b\n"u8.ToArray();
        var hash = hashed ? Convert.ToHexStringLower(SHA256.HashData(body)) : "UNSIGNED-PAYLOAD";
        var signer = new TestSigner
        {
            Method = "PUT",
            Path = $"/buckets/signed/{service}-{hashed}.csv",
            Service = service,
            Body = body,
            BodyHash = hash,
            Headers = [("x-amz-content-sha256", hash)],
        };

        Assert.Equal(200, (await signer.SendAsync(server)).Status);
        Assert.Equal(200, (await (signer with { Method = "HEAD", Body = [], BodyHash = null, Headers = [] }).SendAsync(server)).Status);
    }

    [Fact]
    public async Task Put_BodyOtherThanItsSignedHash_IsNotPublished()
    {
        var hash = new string('a', 64);
        var signer = new TestSigner
        {
            Method = "PUT",
            Path = "/buckets/signed/forged.csv",
            Body = "x"u8.ToArray(),
            BodyHash = hash,
            Headers = [("x-amz-content-sha256", hash)],
        };

        var answer = await signer.SendAsync(server);

        Assert.Equal(400, answer.Status);
        (await RawHttp.SendAsync(server, "GET", "/buckets/signed/forged.csv", [Host, ApiKey], [])).AssertError(404, "ResourceNotFoundException");
    }

    [Fact]
    public async Task Put_SignedWithoutContentHash_SmallBody_IsCovered()
    {
        var signer = new TestSigner { Method = "PUT", Path = "/buckets/signed/curl.csv", Body = "a,b\n"u8.ToArray() };

        Assert.Equal(200, (await signer.SendAsync(server)).Status);
        (await (signer with { BodyHash = new string('0', 64) }).SendAsync(server)).AssertError(403, "InvalidSignatureException");
    }

    [Theory]
    [InlineData("/buckets/shop/../other/x")]
    [InlineData("/buckets/shop/%2e%2e/other/x")]
    [InlineData("/buckets/shop/a/%2E%2E/x")]
    [InlineData("/buckets/shop/..%2f..%2fx")]
    [InlineData("/buckets/shop/a%2fb")]
    [InlineData("/buckets/shop/a%5cb")]
    [InlineData("/buckets/shop/..\\..\\x")]
    [InlineData("/buckets/shop/%00")]
    [InlineData("/buckets/shop/a%0Ab")]
    [InlineData("/buckets/shop/a//b")]
    [InlineData("/buckets/shop/./x")]
    [InlineData("/buckets/shop/%zz")]
    [InlineData("/buckets/shop/%C3%28")]
    [InlineData("/buckets/shop//etc/passwd")]
    [InlineData("/buckets/..%2f999999999999/x")]
    [InlineData("/buckets/%2e%2e/x")]
    [InlineData("/buckets/.hidden/x")]
    [InlineData("/buckets/UPPER/x")]
    [InlineData("/buckets/shop/../../../../../../etc/cron.d/x")]
    public async Task Put_APathThatClimbsOrIsMalformed_Is4xx(string path)
    {
        var answer = await RawHttp.SendAsync(server, "PUT", path, [Host, ApiKey], "x"u8.ToArray());

        Assert.InRange(answer.Status, 400, 404);
    }

    [Fact]
    public async Task Put_OverTheLimit_Is413_AnnouncedOrNot()
    {
        var big = new byte[ApiServer.MaxUploadBytes + 1];
        var chunked = Encoding.ASCII.GetBytes(
            $"PUT /buckets/shop/big HTTP/1.1\r\nHost: localhost\r\nx-api-key: {ApiKey.Item2}\r\nConnection: close\r\nTransfer-Encoding: "
            + $"chunked\r\n\r\n{big.Length:x}\r\n");

        (await RawHttp.SendAsync(server, "PUT", "/buckets/shop/big", [Host, ApiKey], big)).AssertError(413, "RequestEntityTooLarge");
        (await RawHttp.SendAsync(server.Address, [.. chunked, .. big, .. "\r\n0\r\n\r\n"u8])).AssertError(413, "RequestEntityTooLarge");
    }

    [Fact]
    public async Task Buckets_WithoutScopeOrCredentials_AreClosed()
    {
        var key = ("x-api-key", await server.ApiKeyAsync(AccessScopes.Tenant & ~AccessScopes.Objects));
        foreach (var method in new[] { "PUT", "GET", "DELETE" })
        {
            (await RawHttp.SendAsync(server, method, "/buckets/shop/x", [Host, key], [])).AssertError(403, "AccessDeniedException");
            (await RawHttp.SendAsync(server, method, "/buckets/shop/x", [Host], [])).AssertError(403, "MissingAuthenticationToken");
        }
    }

    [Fact]
    public async Task Buckets_OfTwoTenantsWithOneName_AreApart()
    {
        var other = ("x-api-key", await server.ApiKeyAsync(AccessScopes.Tenant, "999999999999"));
        await RawHttp.SendAsync(server, "PUT", "/buckets/same-name/x.csv", [Host, ApiKey], "mine"u8.ToArray());

        (await RawHttp.SendAsync(server, "GET", "/buckets/same-name/x.csv", [Host, other], [])).AssertError(404, "ResourceNotFoundException");
    }
}
