using System.Net;
using System.Net.Sockets;

namespace Kindred.Host.Starting;

/// <summary>Where the process will listen, as far as <c>urls</c> says it.</summary>
internal static class ListenAddresses
{
    /// <summary>Where ASP.NET Core will listen, as far as the settings say it; the default if they say nothing.</summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToArray();
        if (endpoints.Length > 0) return endpoints;
        if ((configuration["urls"] ?? configuration["ASPNETCORE_URLS"]) is { Length: > 0 } urls) return Split(urls);
        var ports = Split(configuration["ASPNETCORE_HTTP_PORTS"] ?? "").Select(port => $"http://*:{port}")
            .Concat(Split(configuration["ASPNETCORE_HTTPS_PORTS"] ?? "").Select(port => $"https://*:{port}")).ToArray();
        return ports.Length > 0 ? ports : [KestrelExtensions.DefaultAddress];
    }

    /// <summary>An address that listens on every interface is called on this machine's own.</summary>
    public static Uri ToCall(string url) =>
        new(url.Replace("//*", "//127.0.0.1", StringComparison.Ordinal).Replace("//+", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//[::1]", StringComparison.Ordinal));

    /// <summary>Tries each address before anything is started: a silo that has begun to start is slow to stop.</summary>
    /// <returns>The first address that another process has, or null. A race with another start is left to Kestrel.</returns>
    public static string? FindTaken(IConfiguration configuration) => Of(configuration).FirstOrDefault(IsTaken);

    /// <summary>Whether other machines can reach the address, and what they send can be read on the way.</summary>
    public static bool IsOpenWithoutTls(string url)
    {
        var address = BindingAddress.Parse(url);
        if (address.Scheme is not "http" || address.Host is "localhost") return false;
        return !IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) || !IPAddress.IsLoopback(ip);
    }

    private static bool IsTaken(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            var named = address.Host is "localhost" ? IPAddress.Loopback : IPAddress.Any;
            var ip = IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) ? literal : named;
            using var probe = new TcpListener(ip, address.Port);
            probe.Start();
            return false;
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
        catch (Exception failure) when (failure is SocketException or FormatException)
        {
            return false; // not ours to judge: Kestrel says what is wrong with it
        }
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
