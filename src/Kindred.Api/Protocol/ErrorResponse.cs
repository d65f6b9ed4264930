using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Kindred.Api.Protocol;

/// <summary>Errors as the SDKs read them: <c>__type</c> and <c>message</c> in the body, the code in a header too.</summary>
internal static class ErrorResponse
{
    public static async Task WriteAsync(HttpContext http, ApiError error, string message)
    {
        var response = http.Response;
        response.StatusCode = error.Status;
        response.ContentType = http.GetEndpoint()?.Metadata.GetMetadata<AnswerContentType>()?.Value ?? AnswerContentType.Json;
        response.Headers["x-amzn-ErrorType"] = error.Code;
        if (HttpMethods.IsHead(http.Request.Method)) return;

        var body = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("__type", error.Code);
            writer.WriteString("message", message);
            writer.WriteEndObject();
        }

        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }
}
