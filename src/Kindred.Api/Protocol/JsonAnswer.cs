using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Kindred.Api.Protocol;

/// <summary>A small JSON answer of the endpoints that are ours and not the contract's.</summary>
internal static class JsonAnswer
{
    public static async Task WriteAsync<T>(HttpContext http, int status, T answer, JsonTypeInfo<T> shape)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, shape);
        http.Response.StatusCode = status;
        http.Response.ContentType = AnswerContentType.Json;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
