using Kindred.Api.Authentication;
using Kindred.Api.Limits;
using Kindred.Contracts.Operations;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Microsoft.AspNetCore.Http;
using Microsoft.IO;

namespace Kindred.Api.Protocol;

/// <summary>One operation of the contract over HTTP: which one, who asks, and back with what the invoker answers.</summary>
internal sealed class ProtocolEndpoint(IOperationInvoker invoker, RequestAuthenticator authenticator, RequestRates rates)
{
    private const string TargetHeader = "X-Amz-Target";
    private const string InvocationIdHeader = "amz-sdk-invocation-id";
    private const int MaxInvocationIdLength = 128;

    private static readonly RecyclableMemoryStreamManager Answers = new(new RecyclableMemoryStreamManager.Options
    {
        BlockSize = 16 << 10,
        MaximumSmallPoolFreeBytes = 16 << 20,
        MaximumLargePoolFreeBytes = 16 << 20,
    });

    /// <summary>Answers <c>POST /</c>, where a header names the operation.</summary>
    public Task ServeByTargetAsync(HttpContext http)
    {
        var target = http.Request.Headers[TargetHeader];
        if (target.Count != 1 || ContractOperations.FindByTarget(target[0]!.Trim()) is not { } operation)
        {
            throw new ApiException(ApiError.UnknownOperation, target.Count == 0
                ? $"The request has no '{TargetHeader}' header, which names the operation, such as AmazonPersonalize.ListRecipes."
                : $"The '{TargetHeader}' header does not name an operation of this service.");
        }

        return ServeAsync(http, operation);
    }

    public async Task ServeAsync(HttpContext http, ContractOperation operation)
    {
        http.Features.Set(operation);
        ContentTypes.Check(http.Request, operation);
        using var request = await authenticator.ReadAsync(http);
        rates.Take(http, request.Principal, operation);
        await using var answer = Answers.GetStream();
        try
        {
            // Changes are audited with the address that they came from.
            var principal = operation.Service is ContractService.Control
                ? request.Principal.From(http.Connection.RemoteIpAddress?.ToString())
                : request.Principal;
            await invoker.InvokeAsync(
                principal, new OperationCall(operation, request.Body, InvocationId(http.Request)), answer, http.RequestAborted);
        }
        catch (RefusedException)
        {
            rates.NoteRefused(request.Principal, operation);
            throw;
        }
        await AnswerAsync(http, operation, answer);
    }

    private static async Task AnswerAsync(HttpContext http, ContractOperation operation, RecyclableMemoryStream answer)
    {
        var response = http.Response;
        response.StatusCode = operation.SuccessStatus;
        response.ContentType = ContentTypes.Of(operation);
        response.ContentLength = answer.Length;
        if (answer.Length == 0) return;

        foreach (var block in answer.GetReadOnlySequence())
        {
            await response.Body.WriteAsync(block, http.RequestAborted);
        }
    }

    private static string? InvocationId(HttpRequest request)
    {
        var values = request.Headers[InvocationIdHeader];
        return values is [{ Length: > 0 and <= MaxInvocationIdLength } id] ? id : null;
    }
}
