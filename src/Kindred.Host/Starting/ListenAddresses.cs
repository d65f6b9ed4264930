using System.Net;
using System.Net.Sockets;

namespace Kindred.Host.Starting;

/// <summary>Where the process will listen, as far as <c>urls</c> says it.</summary>
internal static class ListenAddresses
{
    /// <summary>Tries each address before anything is started: a silo that has begun to start is slow to stop.</summary>
    /// <returns>The first address that another process has, or null. A race with another start is left to Kestrel.</returns>
    public static string? FindTaken(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(IsTaken);

    /// <summary>Whether other machines can reach the address, and what they send can be read on the way.</summary>
    public static bool IsOpenWithoutTls(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.Scheme is not "http" || address.Host is "localhost") return false;
        return !IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) || !IPAddress.IsLoopback(ip);
    }

    private static bool IsTaken(string url)
    {
        var address = BindingAddress.Parse(url);
        var named = address.Host is "localhost" ? IPAddress.Loopback : IPAddress.Any;
        var ip = IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) ? literal : named;
        using var probe = new TcpListener(ip, address.Port);
        try
        {
            probe.Start();
            return false;
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
        catch (SocketException)
        {
            return false; // not ours to judge: Kestrel says what is wrong with it
        }
    }
}
