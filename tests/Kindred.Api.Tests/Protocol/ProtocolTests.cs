using System.Text;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Refusals;
using Kindred.Operations;

namespace Kindred.Api.Tests.Protocol;

public sealed class ProtocolTests : IClassFixture<ApiServer>
{
    private const string Json = "application/json";
    private const string AwsJson = "application/x-amz-json-1.1";
    private static readonly (string, string) ApiKey = ("x-api-key", $"{ApiServer.KeyId}:{ApiServer.Secret}");

    private readonly ApiServer _server;

    public ProtocolTests(ApiServer server)
    {
        _server = server;
        if (server.Table.Find("ListSchemas") is not null) return;
        server.Table.Handle<ListSchemasRequest, ListSchemasResponse>("ListSchemas", (request, context) => Task.FromResult(new ListSchemasResponse
        {
            NextToken = $"{context.Caller.Account} {context.Caller.Region} {context.Caller.InvocationId} {request.MaxResults}",
        }));
        server.Table.Handle<DeleteSchemaRequest>("DeleteSchema", (_, _) => Task.CompletedTask);
        server.Table.Handle<PutEventsRequest>("PutEvents", (_, _) => Task.CompletedTask);
        server.Table.Handle<GetRecommendationsRequest, GetRecommendationsResponse>("GetRecommendations", (request, _) => Refuse(request.UserId));
        server.Table.Handle<CreateSchemaRequest, CreateSchemaResponse>(
            "CreateSchema", (request, _) => throw new RefusedException(Enum.Parse<RefusalCode>(request.Name), "no"));
    }

    private static Task<GetRecommendationsResponse> Refuse(string? user) => user switch
    {
        "bug" => throw new InvalidDataException("the secret cause"),
        "slow" => throw new TimeoutException("grain"),
        "long" => Task.FromResult(new GetRecommendationsResponse { RecommendationId = new string('x', 100_000) }),
        { } code when Enum.TryParse<RefusalCode>(code, out var refusal) => throw new RefusedException(refusal, "no"),
        _ => Task.FromResult(new GetRecommendationsResponse { RecommendationId = user }),
    };

    [Fact]
    public async Task ByTarget_Handled_AnswersInAwsJson()
    {
        var answer = await ControlAsync("ListSchemas", """{"maxResults":7}""", ("amz-sdk-invocation-id", "inv-1"));

        Assert.Equal((200, AwsJson), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Equal("""{"nextToken":"123456789012 us-east-1 inv-1 7"}""", answer.Body);
        Assert.True(Guid.TryParse(answer.Headers["x-amzn-RequestId"], out _));
    }

    [Theory]
    [InlineData("ListSchemas", "")]
    [InlineData("ListSchemas", "{}")]
    public async Task ByTarget_EmptyBody_StandsForAnEmptyObject(string operation, string body) =>
        Assert.Equal(200, (await ControlAsync(operation, body)).Status);

    [Fact]
    public async Task WithoutOutput_AnswersWithAnEmptyBody()
    {
        var control = await ControlAsync("DeleteSchema", $$"""{"schemaArn":"arn:aws:personalize:us-east-1:{{ApiServer.Account}}:schema/s"}""");
        var events = await PostAsync(
            "/events",
            """{"trackingId":"t","sessionId":"s","eventList":[{"eventType":"View","sentAt":1719511760.123,"properties":"{\"a\":1}"}]}""");

        Assert.Equal((200, "", "0"), (control.Status, control.Body, control.Headers["Content-Length"]));
        Assert.Equal((200, ""), (events.Status, events.Body));
    }

    [Fact]
    public async Task ByPath_Handled_AnswersInJson()
    {
        var answer = await PostAsync("/recommendations", """{"userId":"u","numResults":0}""");

        Assert.Equal((200, Json, """{"recommendationId":"u"}"""), (answer.Status, answer.Headers["Content-Type"], answer.Body));
    }

    [Fact]
    public async Task ALongAnswer_ArrivesWhole() =>
        Assert.Equal(100_000 + 23, (await PostAsync("/recommendations", """{"userId":"long"}""")).Body.Length);

    [Fact]
    public async Task NotBuilt_NamesTheOperation()
    {
        var answer = await ControlAsync(
            "CreateFilter",
            """{"name":"f","datasetGroupArn":"arn:aws:personalize:us-east-1:123456789012:dataset-group/g","filterExpression":"x"}""");

        answer.AssertError(404, "UnknownOperationException");
        Assert.Contains("'CreateFilter' is part of the contract", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AmazonPersonalize.Fly")]
    [InlineData("AmazonPersonalize.GetRecommendations")]
    [InlineData("")]
    public async Task UnknownTarget_IsUnknownOperation(string target) =>
        (await RawHttp.SendAsync(_server, "POST", "/", [("Host", "x"), ApiKey, ("X-Amz-Target", target)], []))
            .AssertError(404, "UnknownOperationException");

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/recommendations")]
    [InlineData("POST", "/recommendations/more")]
    [InlineData("POST", "/%2e%2e/etc/passwd")]
    [InlineData("DELETE", "/v1/keys")]
    [InlineData("PATCH", "/nowhere")]
    public async Task UnknownPath_IsUnknownOperation(string method, string path) =>
        (await RawHttp.SendAsync(_server, method, path, [("Host", "x")], [])).AssertError(404, "UnknownOperationException");

    [Theory]
    [InlineData("{\"maxResults\":")]
    [InlineData("[]")]
    [InlineData("{\"maxResults\":NaN}")]
    public async Task NotJson_IsSerializationException(string body) =>
        (await ControlAsync("ListSchemas", body)).AssertError(400, "SerializationException");

    [Fact]
    public async Task DeepJson_IsSerializationException() =>
        (await PostAsync("/recommendations", $"{{\"x\":{new string('[', 100_000)}")).AssertError(400, "SerializationException");

    [Fact]
    public async Task Faults_AreReportedAllAtOnce()
    {
        var answer = await PostAsync("/recommendations", """{"numResults":-1,"userId":7}""");

        answer.AssertError(400, "InvalidInputException");
        Assert.StartsWith("2 validation errors detected: ", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABodyOverTheLimit_Is413_AnnouncedOrNot()
    {
        var big = Encoding.ASCII.GetBytes($"{{\"x\":\"{new string('y', 1 << 20)}\"}}");
        var chunked = Encoding.ASCII.GetBytes(
            $"POST /recommendations HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{ApiKey.Item1}: {ApiKey.Item2}\r\n"
            + $"Transfer-Encoding: chunked\r\n\r\n{big.Length:x}\r\n");

        (await RawHttp.SendAsync(_server, "POST", "/recommendations", [("Host", "x"), ApiKey], big)).AssertError(413, "RequestEntityTooLarge");
        (await RawHttp.SendAsync(_server.Address, [.. chunked, .. big, .. "\r\n0\r\n\r\n"u8])).AssertError(413, "RequestEntityTooLarge");
    }

    [Fact]
    public async Task ABodyJustUnderTheLimit_IsRead() =>
        Assert.Equal(200, (await PostAsync("/recommendations", $"{{\"x\":\"{new string('y', (1 << 20) - 8)}\"}}")).Status);

    [Theory]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/x-amz-json-1.1", 200)]
    public async Task ContentType_OtherThanJson_IsUnsupported(string type, int status) =>
        Assert.Equal(status, (await RawHttp.SendAsync(_server, "POST", "/recommendations", [("Host", "x"), ApiKey, ("Content-Type", type)], "{}"u8.ToArray())).Status);

    [Fact]
    public async Task AnUnhandledException_IsInternalFailureWithoutDetailsAndIsLogged()
    {
        var answer = await PostAsync("/recommendations", """{"userId":"bug"}""");

        answer.AssertError(500, "InternalFailure");
        Assert.DoesNotContain("secret cause", answer.Body, StringComparison.Ordinal);
        Assert.Contains(answer.Headers["x-amzn-RequestId"], answer.Message, StringComparison.Ordinal);
        Assert.Matches($"(?s){answer.Headers["x-amzn-RequestId"]}.*the secret cause", _server.Logs.Text);
    }

    [Fact]
    public async Task ATimeoutBehindTheDoor_IsServiceUnavailable() =>
        (await PostAsync("/recommendations", """{"userId":"slow"}""")).AssertError(503, "ServiceUnavailableException");

    [Theory]
    [InlineData(RefusalCode.InvalidInput, "InvalidInputException", 400, 400)]
    [InlineData(RefusalCode.ResourceNotFound, "ResourceNotFoundException", 400, 404)]
    [InlineData(RefusalCode.ResourceAlreadyExists, "ResourceAlreadyExistsException", 400, 400)]
    [InlineData(RefusalCode.ResourceInUse, "ResourceInUseException", 400, 409)]
    [InlineData(RefusalCode.LimitExceeded, "LimitExceededException", 400, 400)]
    [InlineData(RefusalCode.InvalidNextToken, "InvalidNextTokenException", 400, 400)]
    [InlineData(RefusalCode.TooManyTags, "TooManyTagsException", 400, 400)]
    [InlineData(RefusalCode.TooManyTagKeys, "TooManyTagKeysException", 400, 400)]
    [InlineData(RefusalCode.AccessDenied, "AccessDeniedException", 403, 403)]
    [InlineData(RefusalCode.ServiceUnavailable, "ServiceUnavailableException", 503, 503)]
    [InlineData(RefusalCode.TooLarge, "RequestEntityTooLarge", 413, 413)]
    [InlineData(RefusalCode.Malformed, "SerializationException", 400, 400)]
    [InlineData(RefusalCode.UnknownOperation, "UnknownOperationException", 404, 404)]
    [InlineData(RefusalCode.Throttled, "ThrottlingException", 429, 429)]
    public async Task ARefusal_HasItsCodeAndTheDocumentedStatus(RefusalCode refusal, string code, int controlStatus, int runtimeStatus)
    {
        (await ControlAsync("CreateSchema", $$"""{"name":"{{refusal}}","schema":"{}"}""")).AssertError(controlStatus, code);
        (await PostAsync("/recommendations", $$"""{"userId":"{{refusal}}"}""")).AssertError(runtimeStatus, code);
    }

    [Fact]
    public void EveryRefusal_HasItsError() => Assert.Equal(14, Enum.GetValues<RefusalCode>().Length);

    [Fact]
    public void Handle_WrongShapesOrTwice_IsABug()
    {
        var table = new OperationTable();
        table.Handle<DeleteSchemaRequest>("DeleteSchema", (_, _) => Task.CompletedTask);

        Assert.Throws<ArgumentException>(() => table.Handle<DeleteSchemaRequest>("DeleteSchema", (_, _) => Task.CompletedTask));
        Assert.Throws<ArgumentException>(() => table.Handle<DeleteSchemaRequest>("DeleteDataset", (_, _) => Task.CompletedTask));
        Assert.Throws<ArgumentException>(() => table.Handle<ListSchemasRequest>("ListSchemas", (_, _) => Task.CompletedTask));
        Assert.Throws<ArgumentException>(() => table.Handle<ListSchemasRequest>("NoSuchOperation", (_, _) => Task.CompletedTask));
    }

    private Task<RawAnswer> ControlAsync(string operation, string body, params (string, string)[] more) => RawHttp.SendAsync(
        _server, "POST", "/",
        [("Host", "x"), ApiKey, ("X-Amz-Target", $"AmazonPersonalize.{operation}"), ("Content-Type", AwsJson), .. more],
        Encoding.UTF8.GetBytes(body));

    private Task<RawAnswer> PostAsync(string path, string body) => RawHttp.SendAsync(
        _server, "POST", path, [("Host", "x"), ApiKey, ("Content-Type", Json)], Encoding.UTF8.GetBytes(body));
}
