using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Kindred.Api.Proxies;

/// <summary>
/// What a client may have signed, where a proxy rewrote the host or took a prefix off the path: what trusted proxies say of the original
/// request, and the public address that the operator gave. Nothing but the signature is decided by it.
/// </summary>
internal sealed class ClientAddresses(ProxyOptions proxies)
{
    private const string PrefixHeader = "X-Forwarded-Prefix";
    private static readonly string[] HostHeaders = ["X-Forwarded-Host", "X-Original-Host"];
    private const string PortHeader = "X-Forwarded-Port";
    private const string ForwardedHeader = "Forwarded";

    /// <returns>Addresses other than that of the request as it came, each once; few.</returns>
    public IEnumerable<SignedAddress> OtherThanReceived(HttpRequest request)
    {
        var path = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var hosts = Hosts(request).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        var prefixes = Prefixes(request).Where(prefix => prefix.Length > 0 && !path.StartsWith(prefix + "/", StringComparison.Ordinal)).Distinct();
        return prefixes.Prepend("").SelectMany(prefix => hosts.Prepend(null).Select(host => new SignedAddress(host, prefix)))
            .Where(address => address != SignedAddress.AsReceived);
    }

    private IEnumerable<string> Hosts(HttpRequest request)
    {
        // Clients leave the standard port out; some proxies put it in.
        var received = request.Headers.Host.ToString();
        if (WithoutStandardPort(received) is { } plain) yield return plain;
        if (proxies.PublicUrl is { } url) yield return url.Authority;
        if (!IsForwarded(request)) yield break;
        string[] forwarded = [.. HostHeaders.SelectMany(name => First(request.Headers[name])), .. ForwardedHosts(request)];
        foreach (var host in forwarded)
        {
            yield return host;
            if (WithoutStandardPort(host) is { } bare) yield return bare;
        }
        // nginx's $host has no port.
        if (First(request.Headers[PortHeader]).SingleOrDefault() is not { } port || !port.All(char.IsAsciiDigit)) yield break;
        foreach (var host in forwarded.Append(request.Host.Host)) yield return $"{host}:{port}";
    }

    private IEnumerable<string> Prefixes(HttpRequest request)
    {
        yield return proxies.PathPrefix;
        if (!IsForwarded(request)) yield break;
        foreach (var prefix in First(request.Headers[PrefixHeader]))
            if (prefix.StartsWith('/')) yield return prefix.TrimEnd('/');
    }

    private static bool IsForwarded(HttpRequest request) => request.HttpContext.Features.Get<TrustedProxy>() is not null;

    /// <summary>RFC 7239: <c>for=192.0.2.60;proto=https;host=shop.example, for=…</c>; the first element is the outermost proxy's.</summary>
    private static IEnumerable<string> ForwardedHosts(HttpRequest request) => First(request.Headers[ForwardedHeader])
        .SelectMany(element => element.Split(';', StringSplitOptions.TrimEntries))
        .Where(pair => pair.StartsWith("host=", StringComparison.OrdinalIgnoreCase))
        .Select(pair => HeaderUtilities.RemoveQuotes(pair[5..]).ToString());

    /// <summary>The first of the values that proxies joined by commas: what the outermost one was asked.</summary>
    private static IEnumerable<string> First(StringValues values) =>
        values.ToString().Split(',')[0].Trim() is { Length: > 0 and <= 255 } first ? [first] : [];

    private static string? WithoutStandardPort(string host) =>
        host.EndsWith(":443", StringComparison.Ordinal) ? host[..^4] : host.EndsWith(":80", StringComparison.Ordinal) ? host[..^3] : null;
}
