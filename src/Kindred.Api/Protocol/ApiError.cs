namespace Kindred.Api.Protocol;

/// <summary>An error of the wire: what <c>__type</c> says, and the HTTP status that the developer guide gives it.</summary>
internal sealed record ApiError(string Code, int Status)
{
    public static readonly ApiError InvalidInput = new("InvalidInputException", 400);
    public static readonly ApiError InvalidNextToken = new("InvalidNextTokenException", 400);
    public static readonly ApiError ResourceNotFound = new("ResourceNotFoundException", 404);
    public static readonly ApiError ResourceAlreadyExists = new("ResourceAlreadyExistsException", 400);
    public static readonly ApiError ResourceInUse = new("ResourceInUseException", 409);
    public static readonly ApiError LimitExceeded = new("LimitExceededException", 400);
    public static readonly ApiError TooManyTags = new("TooManyTagsException", 400);
    public static readonly ApiError TooManyTagKeys = new("TooManyTagKeysException", 400);

    public static readonly ApiError Serialization = new("SerializationException", 400);
    public static readonly ApiError UnknownOperation = new("UnknownOperationException", 404);
    public static readonly ApiError UnsupportedMediaType = new("UnsupportedMediaTypeException", 415);
    public static readonly ApiError RequestEntityTooLarge = new("RequestEntityTooLarge", 413);
    public static readonly ApiError RequestTimeout = new("RequestTimeoutException", 408);
    public static readonly ApiError BadRequest = new("BadRequestException", 400);
    public static readonly ApiError Throttling = new("ThrottlingException", 429);
    public static readonly ApiError InternalFailure = new("InternalFailure", 500);
    public static readonly ApiError ServiceUnavailable = new("ServiceUnavailableException", 503);

    public static readonly ApiError MissingAuthenticationToken = new("MissingAuthenticationToken", 403);
    public static readonly ApiError IncompleteSignature = new("IncompleteSignature", 403);
    public static readonly ApiError InvalidSignature = new("InvalidSignatureException", 403);
    public static readonly ApiError UnrecognizedClient = new("UnrecognizedClientException", 403);
    public static readonly ApiError ExpiredToken = new("ExpiredTokenException", 403);
    public static readonly ApiError AccessDenied = new("AccessDeniedException", 403);
}
