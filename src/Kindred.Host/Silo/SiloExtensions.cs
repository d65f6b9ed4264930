using System.Net;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;

namespace Kindred.Host.Silo;

internal static class SiloExtensions
{
    private const string ClusterName = "kindred";

    /// <summary>
    /// A silo of one. It opens no port: its only client lives in the same process, and its address is only its name, for which any
    /// number does that nobody else takes.
    /// </summary>
    public static ISiloBuilder UseSingleSilo(this ISiloBuilder silo)
    {
        silo.UseLocalhostClustering(siloPort: 1, gatewayPort: 0, serviceId: ClusterName, clusterId: ClusterName);
        silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);
        foreach (var listening in silo.Services.Where(IsTransport).ToList())
        {
            silo.Services.Remove(listening);
            silo.Services.AddKeyedSingleton<IConnectionListenerFactory>(listening.ServiceKey, new NoListeners());
        }
        return silo;
    }

    private static bool IsTransport(ServiceDescriptor service) =>
        service.IsKeyedService && service.ServiceType == typeof(IConnectionListenerFactory);
}
