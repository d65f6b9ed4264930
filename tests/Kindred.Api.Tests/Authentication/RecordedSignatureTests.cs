using System.Text;
using System.Text.Json;

namespace Kindred.Api.Tests.Authentication;

/// <summary>Requests that botocore signed: what it signs, we accept, and with one byte changed we do not.</summary>
public sealed class RecordedSignatureTests(ApiServer server) : IClassFixture<ApiServer>
{
    public static TheoryData<string> Names => new(Vectors().Select(v => v.GetProperty("name").GetString()!));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_AsSigned_PassesTheDoor(string name)
    {
        var answer = await SendAsync(Vector(name));

        // No handler and no object exists behind this door: these are the answers of a request that was let in.
        Assert.Contains(answer.ErrorType, (string?[])["UnknownOperationException", "ResourceNotFoundException"]);
        Assert.DoesNotContain("signature", answer.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_WithAnotherBody_IsRefused(string name) =>
        (await SendAsync(Vector(name), body: "{ }")).AssertError(403, "InvalidSignatureException");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_WithASignedHeaderChanged_IsRefused(string name) =>
        (await SendAsync(Vector(name), alter: h => h.Name == "Host" ? (h.Name, "elsewhere:5080") : h)).AssertError(403, "InvalidSignatureException");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Request_WithAnotherQuery_IsRefused(string name)
    {
        var target = Vector(name).GetProperty("target").GetString()!;

        (await SendAsync(Vector(name), target: target + (target.Contains('?', StringComparison.Ordinal) ? "&z=1" : "?z=1")))
            .AssertError(403, "InvalidSignatureException");
    }

    private Task<RawAnswer> SendAsync(
        JsonElement vector, Func<(string Name, string Value), (string, string)>? alter = null, string? body = null, string? target = null)
    {
        var headers = vector.GetProperty("headers").EnumerateObject().Select(h => (h.Name, h.Value.GetString()!));
        return RawHttp.SendAsync(server,
            vector.GetProperty("method").GetString()!,
            target ?? vector.GetProperty("target").GetString()!,
            headers.Select(h => alter?.Invoke(h) ?? h),
            Encoding.UTF8.GetBytes(body ?? vector.GetProperty("body").GetString()!));
    }

    private static JsonElement Vector(string name) => Vectors().Single(v => v.GetProperty("name").GetString() == name);

    private static List<JsonElement> Vectors()
    {
        using var stream = typeof(RecordedSignatureTests).Assembly.GetManifestResourceStream("vectors.json")!;
        return JsonDocument.Parse(stream).RootElement.GetProperty("requests").EnumerateArray().ToList();
    }
}
