using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kindred.Client;

/// <summary>Calls the public API the way any client does: JSON over HTTP, signed by <see cref="SigV4Handler"/>.</summary>
public sealed class ApiClient(HttpClient http)
{
    /// <summary>A call of the control plane, such as <c>CreateSchema</c>.</summary>
    /// <exception cref="ServiceException">The service refused.</exception>
    public Task<JsonObject> CallAsync(string operation, JsonObject request, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = Json(request, "application/x-amz-json-1.1") };
        message.Headers.Add("X-Amz-Target", $"AmazonPersonalize.{operation}");
        return SendAsync(message, cancellationToken);
    }

    /// <summary>A call of the runtime or events plane, such as <c>/recommendations</c>.</summary>
    /// <exception cref="ServiceException">The service refused.</exception>
    public Task<JsonObject> PostAsync(string path, JsonObject request, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(request, "application/json") }, cancellationToken);

    /// <summary>Uploads an object into one of the tenant's buckets.</summary>
    /// <param name="bucket">Made by the first upload.</param>
    /// <param name="key">The object's name; slashes are part of it.</param>
    /// <param name="body">Read once, from front to back.</param>
    /// <param name="sha256">Hash of the body in lower-case hex, for a body that should be streamed; null to have it computed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ServiceException">The service refused.</exception>
    public Task UploadAsync(string bucket, string key, HttpContent body, string? sha256, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(HttpMethod.Put, $"/buckets/{bucket}/{key}") { Content = body };
        if (sha256 is not null) message.Headers.Add("X-Amz-Content-Sha256", sha256);
        return SendAsync(message, cancellationToken);
    }

    /// <summary>Any other request of the service.</summary>
    /// <returns>The answer's JSON; an empty object when it has none.</returns>
    /// <exception cref="ServiceException">The service refused.</exception>
    public async Task<JsonObject> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(message, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var body = Parse(text);
        if (response.IsSuccessStatusCode) return body;
        throw new ServiceException(response.StatusCode, (string?)body["__type"] ?? "", (string?)body["message"] ?? text);
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            return text.Length > 0 && JsonNode.Parse(text) is JsonObject body ? body : [];
        }
        catch (JsonException)
        {
            return []; // not our JSON: the caller shows the text itself
        }
    }

    private static StringContent Json(JsonObject request, string mediaType) =>
        new(request.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(mediaType));
}
