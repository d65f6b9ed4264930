namespace Kindred.Api.Tests.Authentication;

public sealed class RefusedSignatureTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task AProperSignature_PassesTheDoor() => (await new TestSigner().SendAsync(server)).AssertError(404, "UnknownOperationException");

    [Fact]
    public async Task NoCredentials_IsMissingAuthenticationToken() =>
        (await RawHttp.SendAsync(server, "POST", "/recommendations", [("Host", "x")], [])).AssertError(403, "MissingAuthenticationToken");

    [Fact]
    public async Task APresignedQuery_IsRefusedWithTheReason()
    {
        var answer = await RawHttp.SendAsync(server, "POST", "/recommendations?X-Amz-Signature=0", [("Host", "x")], []);

        answer.AssertError(403, "MissingAuthenticationToken");
        Assert.Contains("query string", answer.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<string, string>> Incomplete => new()
    {
        { "another scheme", _ => "Basic dG9rZW4=" },
        { "nothing", _ => "" },
        { "algorithm only", _ => "AWS4-HMAC-SHA256 " },
        { "another algorithm", a => a.Replace("HMAC-SHA256", "HMAC-SHA1", StringComparison.Ordinal) },
        { "no credential", a => a.Replace("Credential=", "Credentials=", StringComparison.Ordinal) },
        { "credential twice", a => a + ", Credential=a/20261123/r/personalize/aws4_request" },
        { "short scope", a => a.Replace("/us-east-1", "", StringComparison.Ordinal) },
        { "empty key id", a => a.Replace(ApiServer.KeyId, "", StringComparison.Ordinal) },
        { "other terminator", a => a.Replace("aws4_request", "aws5_request", StringComparison.Ordinal) },
        { "malformed date", a => a.Replace("/20261123/", "/2026-11-23/", StringComparison.Ordinal) },
        { "no signed headers", a => a.Replace("SignedHeaders=host;x-amz-date, ", "", StringComparison.Ordinal) },
        { "empty signed headers", a => a.Replace("host;x-amz-date", "", StringComparison.Ordinal) },
        { "unsorted signed headers", a => a.Replace("host;x-amz-date", "x-amz-date;host", StringComparison.Ordinal) },
        { "repeated signed headers", a => a.Replace("host;", "host;host;", StringComparison.Ordinal) },
        { "upper-case signed headers", a => a.Replace("host;", "Host;", StringComparison.Ordinal) },
        { "no signature", a => a[..a.IndexOf(", Signature", StringComparison.Ordinal)] },
        { "short signature", a => a[..^2] },
        { "no hexadecimal signature", a => a[..^1] + "g" },
        { "huge", a => a + new string(',', 20_000) + "x" },
    };

    [Theory]
    [MemberData(nameof(Incomplete))]
    public async Task AMalformedHeader_IsIncompleteSignature(string why, Func<string, string> alter)
    {
        var answer = await new TestSigner().SendAsync(server, alter);

        Assert.True(answer.ErrorType == "IncompleteSignature", why);
        answer.AssertError(403, "IncompleteSignature");
    }

    public static TheoryData<string, TestSignerBox> Invalid => new()
    {
        { "does not match", new(new TestSigner { Secret = "anotherSecretAnotherSecretAnotherSecret1" }) },
        { "scoped to the service", new(new TestSigner { Service = "s3" }) },
        { "Signature expired: 20261123T215959Z", new(new TestSigner { At = ApiServer.SignedAt.AddMinutes(-15).AddSeconds(-8) }) },
        { "Signature not yet current", new(new TestSigner { At = ApiServer.SignedAt.AddMinutes(15).AddSeconds(1) }) },
        { "date of the Credential", new(new TestSigner { ScopeDate = "20261122" }) },
        { "'x-amz-target' header must be a signed header", new(new TestSigner { Unsigned = [("x-amz-target", "x")] }) },
        { "'X-Amz-Meta' header must be a signed header", new(new TestSigner { Unsigned = [("X-Amz-Meta", "x")] }) },
        {
            "not the SHA-256 of the body",
            new(new TestSigner { Headers = [("x-amz-content-sha256", new string('0', 64))], BodyHash = new string('0', 64) })
        },
        { "must be signed", new(new TestSigner { Headers = [("x-amz-content-sha256", "UNSIGNED-PAYLOAD")], BodyHash = "UNSIGNED-PAYLOAD" }) },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task ASignatureThatIsNotForThisRequest_IsInvalidSignature(string reason, TestSignerBox signer)
    {
        var answer = await signer.Value.SendAsync(server);

        answer.AssertError(403, "InvalidSignatureException");
        Assert.Contains(reason, answer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiServer.Secret, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-15 * 60)]
    [InlineData(15 * 60)]
    public async Task AClockWithinFifteenMinutes_PassesTheDoor(int seconds) =>
        (await new TestSigner { At = ApiServer.SignedAt.AddSeconds(seconds) }.SendAsync(server)).AssertError(404, "UnknownOperationException");

    [Fact]
    public async Task HostNotSigned_IsInvalidSignature() =>
        (await new TestSigner().SendAsync(server, a => a.Replace("host;", "", StringComparison.Ordinal)))
            .AssertError(403, "InvalidSignatureException");

    [Fact]
    public async Task DateNotSigned_IsInvalidSignature() =>
        (await new TestSigner().SendAsync(server, a => a.Replace(";x-amz-date", "", StringComparison.Ordinal)))
            .AssertError(403, "InvalidSignatureException");

    [Fact]
    public async Task ASignedHeaderThatWasNotSent_IsInvalidSignature() =>
        (await new TestSigner().SendAsync(server, a => a.Replace("host;", "content-type;host;", StringComparison.Ordinal)))
            .AssertError(403, "InvalidSignatureException");

    [Fact]
    public async Task AnUnknownKey_IsUnrecognizedClient() =>
        (await new TestSigner { KeyId = "KINDREDNOSUCHKEY2345" }.SendAsync(server)).AssertError(403, "UnrecognizedClientException");

    [Fact]
    public async Task ASessionToken_IsRefusedWithTheReason()
    {
        var answer = await new TestSigner { Headers = [("x-amz-security-token", "t")] }.SendAsync(server);

        answer.AssertError(403, "UnrecognizedClientException");
        Assert.Contains("temporary credentials", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoDate_IsIncompleteSignature() =>
        (await RawHttp.SendAsync(server, "POST", "/recommendations", [("Host", "localhost"), ("Authorization", new TestSigner().Authorization([("host", "localhost")]))], []))
        .AssertError(403, "IncompleteSignature");

    [Fact]
    public async Task TwoDates_IsIncompleteSignature() =>
        (await new TestSigner { Unsigned = [("x-amz-date", "20261123T221508Z")] }.SendAsync(server)).AssertError(403, "IncompleteSignature");

    [Fact]
    public async Task TheUserAgentNote_MayStayUnsigned() =>
        (await new TestSigner { Unsigned = [("x-amz-user-agent", "aws-sdk-js")] }.SendAsync(server)).AssertError(404, "UnknownOperationException");

    /// <summary>A signer as theory data: xunit shows its name only.</summary>
    public sealed class TestSignerBox(object signer)
    {
        internal TestSigner Value => (TestSigner)signer;
    }
}
