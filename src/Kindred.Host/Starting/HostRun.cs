using Kindred.Demo;
using Kindred.Host.Demo;
using Kindred.Host.Settings;
using Kindred.Storage.Durability;
using Microsoft.AspNetCore.Connections;

namespace Kindred.Host.Starting;

/// <summary>Runs the built application until it is told to stop. SIGTERM and Ctrl-C let requests finish and end with 0.</summary>
internal static partial class HostRun
{
    public static async Task<int> RunAsync(WebApplication app, HostArguments arguments, TextWriter errors)
    {
        await using var _ = app;
        try
        {
            await app.StartAsync();
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            await errors.WriteLineAsync($"{failure.Message} Stop the other process, or choose another address with --urls.");
            return ExitCodes.Failed;
        }
        catch (DataFolderException failure)
        {
            await errors.WriteLineAsync(failure.Message);
            return ExitCodes.Failed;
        }

        LogListening(app.Logger, string.Join(", ", app.Urls));
        var isBehindTls = app.Services.GetRequiredService<KindredSettings>().Proxies.PublicUrl?.Scheme is "https";
        foreach (var url in app.Urls.Where(url => !isBehindTls && ListenAddresses.IsOpenWithoutTls(url))) LogWithoutTls(app.Logger, url);
        app.Lifetime.ApplicationStopping.Register(() => LogStopping(app.Logger));
        if (arguments.Demo && !await DemonstrateAsync(app, arguments, errors))
        {
            await app.StopAsync();
            return ExitCodes.Failed;
        }

        await app.WaitForShutdownAsync();
        return ExitCodes.Success;
    }

    private static Task<bool> DemonstrateAsync(WebApplication app, HostArguments arguments, TextWriter errors) =>
        DemoCommand.RunAsync(
            new DemoOptions(arguments.DemoData, arguments.DemoSeed),
            () => DemoAccess.PrepareAsync(app),
            app.Services.GetRequiredService<TimeProvider>(),
            errors,
            app.Lifetime.ApplicationStopping);

    [LoggerMessage(Level = LogLevel.Information, Message = "Kindred stops: requests that run are finished, jobs go on at the next start")]
    private static partial void LogStopping(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "{Address} can be reached from other machines, without TLS: whoever is on the way reads keys and data. Put a proxy with TLS before it, "
        + "and set Kindred:PublicUrl to its https address (docs/operations.md); or listen on https")]
    private static partial void LogWithoutTls(ILogger logger, string address);

    [LoggerMessage(Level = LogLevel.Information, Message = "Kindred listens on {Addresses}")]
    private static partial void LogListening(ILogger logger, string addresses);
}
