using System.Net.Sockets;
using System.Text;
using Kindred.Contracts.Access;

namespace Kindred.Api.Tests.Limits;

/// <summary>What somebody without a key can take up: nothing that grows.</summary>
public sealed class StrangerTests : IAsyncLifetime
{
    private readonly ApiServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("x-api-key: KINDREDNOBODYKNOWS23:secret\r\n")]
    [InlineData("Authorization: AWS4-HMAC-SHA256 Credential=KINDREDNOBODYKNOWS23/20261123/us-east-1/personalize/aws4_request, "
        + "SignedHeaders=host;x-amz-date, Signature=0123456789012345678901234567890123456789012345678901234567890123\r\n"
        + "X-Amz-Date: 20261123T221507Z\r\n")]
    public async Task ABodyThatIsAnnouncedWithoutAKey_IsNotWaitedFor(string credentials)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_server.Address);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /recommendations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{credentials}Content-Length: 1048576\r\n\r\n{{"));

        using var reader = new StreamReader(stream);

        // Not a byte of the body is coming, and the answer is here.
        Assert.StartsWith("HTTP/1.1 403", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GuessedKeys_AreRefusedWithoutALook_AfterAHundred_AndKeysThatExistGoOn()
    {
        var key = await _server.ApiKeyAsync(AccessScopes.Recommend);
        for (var i = 0; i < 100; i++) (await SendAsync($"KINDREDGUESS{i}:x")).AssertError(403, "UnrecognizedClientException");
        var looks = _server.Keys.Lookups;

        var refused = await SendAsync("KINDREDGUESS100:x");

        refused.AssertError(429, "ThrottlingException");
        Assert.Equal("60", refused.Headers["Retry-After"]);
        Assert.Equal(looks, _server.Keys.Lookups);
        (await SendAsync(key)).AssertError(404, "UnknownOperationException");
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await SendAsync("KINDREDGUESS100:x")).AssertError(403, "UnrecognizedClientException");
        // Said twice in that minute, not a hundred times.
        Assert.Equal(3, _server.Logs.Text.Split("Audit: ").Length - 1);
    }

    private Task<RawAnswer> SendAsync(string key) =>
        RawHttp.SendAsync(_server, "POST", "/recommendations", [("Host", "x"), ("x-api-key", key)], "{}"u8.ToArray());
}
