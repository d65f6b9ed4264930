using Kindred.Identity.Accounts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;

namespace Kindred.Identity.Starting;

/// <summary>Prints the link that makes an operator, at every start at which there is none.</summary>
internal sealed class StartLinkNotice(StartLinks links, AccountsGate gate, AccountsOptions options, IServer server) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await gate.WaitAsync(stoppingToken);
        if (await links.HasOperatorAsync(stoppingToken)) return;
        var secret = await links.FindOrMakeAsync(stoppingToken);
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        await Console.Out.WriteLineAsync($"""

              Nobody has signed up yet. Open this link to make your account; it works once:
                {StartAddress.Of(options.PublicUrl, listening, secret)}

            """);
    }
}
