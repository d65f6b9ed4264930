using Kindred.Host.Settings;

namespace Kindred.Host.Demo;

/// <summary>Finds the address that the demo calls and the key that it uses.</summary>
internal static class DemoAccess
{
    public static DemoTarget Prepare(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<KindredSettings>();
        return new DemoTarget(Address(app.Urls.First()), settings.Region, settings.Bootstrap.AccessKeyId!, settings.Bootstrap.SecretAccessKey!);
    }

    /// <summary>An address that listens on every interface is called on this machine's own.</summary>
    internal static Uri Address(string url) =>
        new(url.Replace("//*", "//127.0.0.1", StringComparison.Ordinal).Replace("//+", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//[::1]", StringComparison.Ordinal));
}
