using Kindred.Api.Authentication;
using Kindred.Api.Operations;
using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.IO;

namespace Kindred.Api.Protocol;

/// <summary>One operation of the contract, from request to answer: who asks, may they, is it valid, is it theirs, then the handler.</summary>
internal sealed class ProtocolEndpoint(OperationTable table, RequestAuthenticator authenticator, IOptions<ApiOptions> options)
{
    private const string TargetHeader = "X-Amz-Target";
    private const string InvocationIdHeader = "amz-sdk-invocation-id";
    private const int MaxInvocationIdLength = 128;

    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

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
        using var body = await RequestBody.ReadAsync(http);
        var key = await authenticator.AuthenticateAsync(http.Request, body.Bytes);
        key.Principal.Require(OperationScopes.Required(operation), $"personalize:{operation.Name}");

        var check = RequestCheck.Of(body.Bytes.Span, operation.Input);
        if (!check.IsValid) throw new ApiException(check.Malformed is null ? ApiError.InvalidInput : ApiError.Serialization, check.Message);
        var caller = new Caller(key.State.Account, options.Value.Region, InvocationId(http.Request));
        ArnGuard.Check(check.Arns, operation, caller);

        var handler = table.Find(operation.Name) ?? throw new ApiException(ApiError.UnknownOperation,
            $"The operation '{operation.Name}' is part of the contract, but this deployment does not implement it yet.");
        // The grains compare this account with the one they belong to.
        using var entered = CallerContext.Enter(key.Principal);
        await using var answer = Answers.GetStream();
        var context = new OperationContext(caller, key.State.Scopes, http.RequestServices, http.RequestAborted);
        // An empty body stands for an empty object, for us as for the check.
        await handler(body.Bytes.IsEmpty ? EmptyObject : body.Bytes, context, answer);
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
