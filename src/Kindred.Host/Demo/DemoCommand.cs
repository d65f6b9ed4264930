using System.Diagnostics;
using Kindred.Host.Demo.Client;
using Kindred.Host.Demo.OwnData;
using Kindred.Host.Demo.Shop;
using Kindred.Host.Settings;

namespace Kindred.Host.Demo;

/// <summary>The command <c>demo</c>: runs against the host of its own process, over HTTP like any other client.</summary>
internal static class DemoCommand
{
    /// <returns>False when the demo failed; the reason has been printed.</returns>
    public static async Task<bool> RunAsync(WebApplication app, HostArguments arguments, TextWriter errors)
    {
        var services = app.Services;
        var clock = services.GetRequiredService<TimeProvider>();
        var stop = app.Lifetime.ApplicationStopping;
        try
        {
            using var data = arguments.DemoData is { } folder ? (IDemoData)OwnDataFolder.Open(folder) : ShopData.Generate(arguments.DemoSeed, clock.GetUtcNow());
            var target = await DemoAccess.PrepareAsync(app);
            using var process = Process.GetCurrentProcess();
            await new DemoRun(target, data, DemoConsole.Standard(), clock, process.StartTime).RunAsync(stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return true; // stopped by the user: not a failure
        }
        catch (Exception failure) when (failure is DemoFailedException or ApiException or HttpRequestException)
        {
            await errors.WriteLineAsync($"The demo failed: {failure.Message}");
            return false;
        }
    }
}
