using Kindred.Api.Limits;
namespace Kindred.Host.Starting;

internal static class KestrelExtensions
{
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public const string DefaultAddress = "http://127.0.0.1:5080";

    public static void UseKindredKestrel(this IWebHostBuilder web, IConfiguration configuration, DoorLimits limits)
    {
        // Every way in which ASP.NET Core lets an operator choose the address goes before the default.
        string[] settings = ["urls", "http_ports", "https_ports"];
        if (settings.All(name => configuration[name] is null) && !configuration.GetSection("Kestrel:Endpoints").Exists())
            web.UseUrls(DefaultAddress);
        web.UseKestrelHttpsConfiguration();
        web.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = limits.Connections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = limits.Connections;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = KeepAlive;
            kestrel.Limits.MinRequestBodyDataRate = limits.MinBodyBytesPerSecond == 0 ? null : new(limits.MinBodyBytesPerSecond, Patience);
            var counts = kestrel.ApplicationServices.GetRequiredService<ConnectionCounts>();
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(counts.Around));
        });
    }
}
