using Kindred.Api.Protocol;
using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Kindred.Api.Browsers;

/// <summary>
/// What pages of other origins may do with a key. A key says which origins it allows; one that says nothing is for servers, whose answers
/// no page may read. https://fetch.spec.whatwg.org/#http-cors-protocol
/// </summary>
internal static class CrossOrigin
{
    /// <summary>Names of headers are short; what a browser asks to send is a few hundred characters.</summary>
    private const int MaxHeadersLength = 1024;
    private const string KeptSeconds = "7200"; // the most that browsers keep a preflight for
    // The SDKs set a clock that is off by the date of the answer.
    private static readonly StringValues Exposed = "x-amzn-RequestId, x-amzn-ErrorType, Date";

    /// <summary>Lets the page that sent the request read its answer, if the key allows its origin.</summary>
    /// <param name="request">Its credentials have proved to be those of the key.</param>
    /// <param name="keyId">The key's id.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="ApiException">The key allows other origins than that of the request.</exception>
    public static void Admit(HttpRequest request, string keyId, AccessKeyState key)
    {
        request.HttpContext.Features.Set(KeyIsKnown.Instance);
        var origin = request.Headers.Origin;
        if (origin.Count == 0 || key.AllowedOrigins is not { Count: > 0 } allowed) return;
        if (origin.Count > 1 || !Origins.Allow(allowed, origin[0]!))
            throw new ApiException(ApiError.AccessDenied, $"The access key '{keyId}' does not allow the origin '{Shown(origin)}'.");
        Grant(request.HttpContext.Response, origin);
    }

    /// <summary>
    /// Lets a page read why its request was refused before its key was known to be right: a wrong signature, or a clock that is off. Where no
    /// key allows the origin, it cannot.
    /// </summary>
    public static async ValueTask AdmitRefusalAsync(HttpContext http, OriginDirectory origins)
    {
        if (http.Features.Get<KeyIsKnown>() is not null) return; // and has decided
        if (http.Features.Get<ContractOperation>() is not { Service: not ContractService.Control }) return;
        if (http.Request.Headers.Origin is not [{ Length: <= Origins.MaxLength } origin] || !await origins.AllowsAsync(origin)) return;
        Grant(http.Response, origin);
    }

    /// <summary>
    /// Answers the question that a browser asks before it sends. It carries no key, so the answer is whether any key allows the origin; the
    /// request itself is then held to its own key. An origin that none allows gets an answer without a grant.
    /// </summary>
    /// <param name="methods">Methods of the path, such as <c>POST</c>.</param>
    public static RequestDelegate Preflight(OriginDirectory origins, string methods) => async http =>
    {
        var (request, response) = (http.Request, http.Response);
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.Allow = $"OPTIONS, {methods}";
        response.Headers.Vary = HeaderNames.Origin;
        if (request.Headers.Origin is not [{ Length: <= Origins.MaxLength } origin] || !await origins.AllowsAsync(origin)) return;
        Grant(response, origin);
        response.Headers.AccessControlAllowMethods = methods;
        response.Headers.AccessControlMaxAge = KeptSeconds;
        if (request.Headers.AccessControlRequestHeaders.ToString() is { Length: > 0 and <= MaxHeadersLength } names && names.All(IsInNames))
            response.Headers.AccessControlAllowHeaders = names;
    };

    private static void Grant(HttpResponse response, StringValues origin)
    {
        response.Headers.AccessControlAllowOrigin = origin;
        response.Headers.AccessControlExposeHeaders = Exposed;
        response.Headers.Vary = HeaderNames.Origin;
    }

    /// <summary>A feature of requests whose key has proved to be right.</summary>
    private sealed class KeyIsKnown
    {
        public static KeyIsKnown Instance { get; } = new();
    }

    private static bool IsInNames(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ',' or ' ';

    private static string Shown(StringValues origin) => origin.ToString() is { Length: <= Origins.MaxLength } text ? text : "(too long)";
}
