using Kindred.Api.Browsers;
using Kindred.Api.Limits;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Quotas;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kindred.Api.Protocol;

/// <summary>
/// Stands around every endpoint of the door: gives each answer its request id and turns whatever is thrown into an error of the
/// wire.
/// </summary>
internal sealed partial class RequestGuard(FailedAuthentications failures, OriginDirectory origins, ILogger<RequestGuard> logger)
{
    public RequestDelegate Around(RequestDelegate endpoint) => async http =>
    {
        var requestId = Guid.NewGuid().ToString();
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        try
        {
            await endpoint(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client left. There is nobody to answer, and nothing went wrong.
            LogClientLeft(requestId);
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            var operation = http.Features.Get<ContractOperation>();
            var (answer, message) = Classify(error, operation, requestId);
            RequestMetrics.Refused(answer, operation?.Name);
            failures.Note(http, answer);
            http.Response.Headers.ContentLength = null;
            if (answer == ApiError.Throttling && http.Response.Headers.RetryAfter.Count == 0) http.Response.Headers.RetryAfter = "1";
            await CrossOrigin.AdmitRefusalAsync(http, origins);
            await ErrorResponse.WriteAsync(http, answer, message);
        }
    };

    private (ApiError Error, string Message) Classify(Exception error, ContractOperation? operation, string requestId)
    {
        switch (error)
        {
            case ApiException refused:
                return (refused.Error, refused.Message);
            case RefusedException refused:
                return (RefusalErrors.Of(refused.Code, operation), refused.Message);
            case var failed when DiskFaults.IsFull(failed):
                LogDiskFull(error, requestId, operation?.Name);
                return (ApiError.ServiceUnavailable,
                    $"The disk of this deployment is full; nothing of the request was kept. Request id {requestId}.");
            case BadHttpRequestException { StatusCode: 413 } tooLarge:
                return (ApiError.RequestEntityTooLarge, tooLarge.Message);
            case BadHttpRequestException { StatusCode: 408 } slow:
                return (ApiError.RequestTimeout, slow.Message);
            case BadHttpRequestException malformed:
                return (ApiError.BadRequest, malformed.Message);
            case ConnectionResetException:
                return (ApiError.BadRequest, "The connection was closed before the request was complete.");
            case TimeoutException or SiloUnavailableException or OrleansMessageRejectionException:
                LogUnavailable(error, requestId, operation?.Name);
                return (ApiError.ServiceUnavailable, $"The service could not answer in time; try again. Request id {requestId}.");
            default:
                LogFailed(error, requestId, operation?.Name);
                return (ApiError.InternalFailure, $"The request failed because of an error of the service. Request id {requestId}.");
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Request {RequestId} was abandoned by its client")]
    private partial void LogClientLeft(string requestId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Request {RequestId} ({Operation}) found the service unavailable")]
    private partial void LogUnavailable(Exception error, string requestId, string? operation);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} ({Operation}) met a full disk: make room in the data folder's disk")]
    private partial void LogDiskFull(Exception error, string requestId, string? operation);

    [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} ({Operation}) failed")]
    private partial void LogFailed(Exception error, string requestId, string? operation);
}
