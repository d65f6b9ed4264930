using Kindred.Contracts.Protocol;
using Microsoft.AspNetCore.Http;

namespace Kindred.Api.Protocol;

/// <summary>What the contract's bodies are called.</summary>
internal static class ContentTypes
{
    public static string Of(ContractOperation operation) =>
        operation.Service == ContractService.Control ? AnswerContentType.AwsJson : AnswerContentType.Json;

    /// <summary>Any JSON may come to any operation, and a client that names no type means JSON too.</summary>
    /// <exception cref="ApiException">The body is said to be something else, as a form is.</exception>
    public static void Check(HttpRequest request, ContractOperation operation)
    {
        if (request.ContentType is not { Length: > 0 } given) return;
        var semicolon = given.IndexOf(';', StringComparison.Ordinal);
        var type = (semicolon < 0 ? given.AsSpan() : given.AsSpan(0, semicolon)).Trim();
        if (type.Equals(AnswerContentType.Json, StringComparison.OrdinalIgnoreCase)
            || type.Equals(AnswerContentType.AwsJson, StringComparison.OrdinalIgnoreCase)) return;

        throw new ApiException(ApiError.UnsupportedMediaType,
            $"The Content-Type of {operation.Name} must be {Of(operation)}, not '{given}'.");
    }
}
