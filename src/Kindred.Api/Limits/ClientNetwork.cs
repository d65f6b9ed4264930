using System.Net;
using System.Net.Sockets;

namespace Kindred.Api.Limits;

/// <summary>What one client can be told by: its address, or, since a client has all of it, the first 64 bits of an IPv6 address.</summary>
internal static class ClientNetwork
{
    private const int Ipv6PrefixBytes = 8;

    public static IPAddress Of(IPAddress? address)
    {
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Ipv6PrefixBytes).Clear();
        return new IPAddress(bytes);
    }
}
