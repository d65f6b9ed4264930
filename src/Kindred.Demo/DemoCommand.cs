using System.Diagnostics;
using Kindred.Client;
using Kindred.Demo.OwnData;
using Kindred.Demo.Shop;

namespace Kindred.Demo;

/// <summary>The command <c>demo</c>: a tour of a running host, over HTTP like any other client.</summary>
public static class DemoCommand
{
    /// <param name="options">What to show.</param>
    /// <param name="prepare">Finds the address and the key; called once the data is known to be usable.</param>
    /// <param name="clock">Dates the made-up shop, the events and the signatures.</param>
    /// <param name="errors">Hears why the demo failed.</param>
    /// <param name="stop">Set when the user ends the process, which is no failure.</param>
    /// <returns>False when the demo failed; the reason has been printed.</returns>
    public static async Task<bool> RunAsync(
        DemoOptions options, Func<Task<DemoTarget>> prepare, TimeProvider clock, TextWriter errors, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(prepare);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            var data = options.Folder is { } folder
                ? (IDemoData)OwnDataFolder.Open(folder)
                : ShopData.Generate(options.Seed, clock.GetUtcNow());
            using var process = Process.GetCurrentProcess();
            await new DemoRun(await prepare(), data, DemoConsole.Standard(), clock, process.StartTime).RunAsync(stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return true; // stopped by the user: not a failure
        }
        catch (Exception failure) when (
            failure is DemoFailedException or ResourceFailedException or ServiceException or HttpRequestException)
        {
            await errors.WriteLineAsync($"The demo failed: {failure.Message}");
            return false;
        }
    }
}
