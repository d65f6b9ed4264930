using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;

namespace Kindred.Api.Protocol;

/// <summary>The one table from our refusals to the errors of the wire.</summary>
internal static class RefusalErrors
{
    /// <param name="operation">The operation that was refused, whose documented statuses win; null outside the contract.</param>
    public static ApiError Of(RefusalCode code, ContractOperation? operation)
    {
        var error = Of(code);
        foreach (var documented in operation?.Errors ?? [])
        {
            if (documented.Code == error.Code) return error with { Status = documented.HttpStatus };
        }

        // The control plane answers 400 to every error of its own, documented for this operation or not.
        return operation is { Service: ContractService.Control } && IsModelled(code) ? error with { Status = 400 } : error;
    }

    private static ApiError Of(RefusalCode code) => code switch
    {
        RefusalCode.InvalidInput => ApiError.InvalidInput,
        RefusalCode.ResourceNotFound => ApiError.ResourceNotFound,
        RefusalCode.ResourceAlreadyExists => ApiError.ResourceAlreadyExists,
        RefusalCode.ResourceInUse => ApiError.ResourceInUse,
        RefusalCode.LimitExceeded => ApiError.LimitExceeded,
        RefusalCode.InvalidNextToken => ApiError.InvalidNextToken,
        RefusalCode.TooManyTags => ApiError.TooManyTags,
        RefusalCode.TooManyTagKeys => ApiError.TooManyTagKeys,
        RefusalCode.AccessDenied => ApiError.AccessDenied,
        RefusalCode.ServiceUnavailable => ApiError.ServiceUnavailable,
        RefusalCode.TooLarge => ApiError.RequestEntityTooLarge,
        RefusalCode.Malformed => ApiError.Serialization,
        RefusalCode.UnknownOperation => ApiError.UnknownOperation,
        RefusalCode.Throttled => ApiError.Throttling,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "This refusal has no error of the wire."),
    };

    private static bool IsModelled(RefusalCode code) => code is not (
        RefusalCode.AccessDenied or RefusalCode.ServiceUnavailable or RefusalCode.TooLarge or RefusalCode.Malformed
        or RefusalCode.UnknownOperation or RefusalCode.Throttled);
}
