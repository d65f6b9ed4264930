using System.Buffers;
using System.Diagnostics;
using System.Text;
using Kindred.Api.Authentication;
using Kindred.Contracts.Access;
using Kindred.Contracts.Operations;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Contracts.Protocol.Validation;
using Kindred.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Api.Tests.Protocol;

/// <summary>
/// What the door adds to every GetRecommendations: a bound on memory, which does not depend on the machine, and the times for the
/// record.
/// </summary>
public sealed class DoorCostTests(ApiServer server, ITestOutputHelper output) : IClassFixture<ApiServer>
{
    private const int Rounds = 20_000;
    private static readonly Task<GetRecommendationsResponse> Nothing = Task.FromResult(new GetRecommendationsResponse());
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        $$"""{"campaignArn":"arn:aws:personalize:us-east-1:{{ApiServer.Account}}:campaign/shop","userId":"4638","numResults":25}""");

    [Fact]
    public void AuthenticateAndValidate_OneRequest_AllocatesLittle()
    {
        var request = SignedRequest();
        var authenticator = server.Services.GetRequiredService<RequestAuthenticator>();
        var operation = ContractOperations.Find("GetRecommendations")!;
        var caller = new Caller(ApiServer.Account, ApiServer.Region, null);

        // The key is in the cache after the first round, so everything completes at once on this thread.
        var signature = Measure("signature", () =>
            Assert.True(authenticator.AuthenticateAsync(request, Body).AsTask().IsCompletedSuccessfully));
        var validation = Measure("validation and ARNs", () =>
            ArnGuard.Check(RequestCheck.Of(Body, operation.Input).Arns, operation, caller));

        Assert.InRange(signature, 0, 6000);
        Assert.InRange(validation, 0, 3000);
    }

    [Fact]
    public void Invoke_OneRequest_AllocatesLittleBesideItsHandler()
    {
        var table = server.Services.GetRequiredService<OperationTable>();
        table.Handle<GetRecommendationsRequest, GetRecommendationsResponse>("GetRecommendations", (_, _) => Nothing);
        var invoker = server.Services.GetRequiredService<IOperationInvoker>();
        var principal = Principal.OfAccessKey(ApiServer.Account, ApiServer.KeyId, AccessScopes.Recommend);
        var call = new OperationCall(ContractOperations.Find("GetRecommendations")!, Body);
        var answer = new ArrayBufferWriter<byte>(1024);

        var invocation = Measure("invocation", () =>
        {
            answer.ResetWrittenCount();
            Assert.True(invoker.InvokeAsync(principal, call, answer, CancellationToken.None).AsTask().IsCompletedSuccessfully);
        });

        Assert.InRange(invocation, 0, 3000);
    }

    private double Measure(string name, Action round)
    {
        for (var i = 0; i < 2000; i++) round();
        var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        for (var i = 0; i < Rounds; i++) round();
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Rounds;
        output.WriteLine($"{name}: {watch.Elapsed.TotalMicroseconds / Rounds:F2} us, {bytes:F0} bytes");
        return bytes;
    }

    private static HttpRequest SignedRequest()
    {
        var signer = new TestSigner { Body = Body };
        var http = new DefaultHttpContext();
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = signer.Path;
        http.Request.Method = signer.Method;
        (string Name, string Value)[] headers = [("host", "localhost"), ("x-amz-date", signer.Timestamp),
            ("content-type", "application/json"), ("amz-sdk-invocation-id", Guid.NewGuid().ToString())];
        foreach (var (name, value) in headers) http.Request.Headers[name] = value;
        http.Request.Headers.Authorization = signer.Authorization(headers);
        return http.Request;
    }
}
