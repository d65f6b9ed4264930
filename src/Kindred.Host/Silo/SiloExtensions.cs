using System.Net;
using Orleans.Configuration;

namespace Kindred.Host.Silo;

internal static class SiloExtensions
{
    private const string ClusterName = "kindred";

    /// <summary>A silo of one, reachable from this machine only. It has no gateway: its only client lives in the same process.</summary>
    public static ISiloBuilder UseSingleSilo(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(siloPort: LoopbackPorts.FindFree(), gatewayPort: 0, serviceId: ClusterName, clusterId: ClusterName);
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = IPAddress.Loopback;
            endpoint.SiloListeningEndpoint = new IPEndPoint(IPAddress.Loopback, endpoint.SiloPort);
        });
        return silo;
    }
}
