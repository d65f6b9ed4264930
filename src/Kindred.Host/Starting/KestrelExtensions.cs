namespace Kindred.Host.Starting;

internal static class KestrelExtensions
{
    public const string DefaultAddress = "http://127.0.0.1:5080";

    public static void UseKindredKestrel(this IWebHostBuilder web, IConfiguration configuration)
    {
        // Every way in which ASP.NET Core lets an operator choose the address goes before the default.
        string[] settings = ["urls", "http_ports", "https_ports"];
        if (settings.All(name => configuration[name] is null) && !configuration.GetSection("Kestrel:Endpoints").Exists())
            web.UseUrls(DefaultAddress);
        web.UseKestrelHttpsConfiguration();
        web.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    }
}
