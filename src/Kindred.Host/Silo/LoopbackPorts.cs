using System.Net;
using System.Net.Sockets;

namespace Kindred.Host.Silo;

/// <summary>Finds a free port, so that several hosts on one machine do not collide.</summary>
internal static class LoopbackPorts
{
    public static int FindFree()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
