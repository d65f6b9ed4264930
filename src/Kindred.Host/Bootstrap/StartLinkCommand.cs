using Kindred.Host.Secrets;
using Kindred.Host.Settings;
using Kindred.Identity.Starting;

namespace Kindred.Host.Bootstrap;

/// <summary>The command <c>start-link</c>: for whoever lost the first link, or the operator's password. It needs the data folder, not the server.</summary>
internal static class StartLinkCommand
{
    public static async Task<int> RunAsync(KindredSettings settings, HostArguments arguments, TextWriter output)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddKindredSecrets(settings);
        var link = await StartLinkPrint.ReplaceAsync(services, settings.Accounts, arguments.Settings.GetValueOrDefault("urls"));
        await output.WriteLineAsync($"""
            Open this link to make an operator's account; it works once, and any link from before does not any more:
              {link}
            """);
        return Starting.ExitCodes.Success;
    }
}
