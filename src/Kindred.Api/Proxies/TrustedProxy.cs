namespace Kindred.Api.Proxies;

/// <summary>A feature of requests that a trusted proxy passed on.</summary>
internal sealed class TrustedProxy
{
    public static TrustedProxy Instance { get; } = new();
}
