using System.Net;

namespace Kindred.Api.Proxies;

/// <summary>What stands between clients and this process. Settings <c>Kindred:PublicUrl</c> and <c>Kindred:TrustedProxies</c>.</summary>
public sealed class ProxyOptions
{
    /// <summary>Where clients reach the deployment, such as <c>https://shop.example/personalize</c>; null when it is where it listens.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Whose <c>X-Forwarded-*</c> headers are believed. By default this machine's.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; set; } = [new(IPAddress.Parse("127.0.0.0"), 8), new(IPAddress.IPv6Loopback, 128)];

    /// <summary>The path of <see cref="PublicUrl"/> without a slash at its end; empty when it has none.</summary>
    public string PathPrefix => PublicUrl?.AbsolutePath.TrimEnd('/') ?? "";

    public bool Trusts(IPAddress? address)
    {
        if (address is null) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return TrustedProxies.Any(network => network.Contains(address));
    }
}
