using Kindred.Identity.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Starting;

/// <summary>Makes a new start link from outside of the server, which may run meanwhile.</summary>
public static class StartLinkPrint
{
    /// <param name="services">With data protection, whose keys are those of the deployment.</param>
    /// <param name="options">Where the accounts are.</param>
    /// <param name="urls">Where the server listens, several separated by <c>;</c>; null for where it does by default.</param>
    /// <returns>The address to open.</returns>
    public static async Task<string> ReplaceAsync(IServiceCollection services, AccountsOptions options, string? urls)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddAccountsDb(options);
        await using var provider = services.BuildServiceProvider();
        await AccountsOpening.MigrateAsync(provider.GetRequiredService<IServiceScopeFactory>(), CancellationToken.None);
        provider.GetRequiredService<AccountsGate>().Open();
        var secret = await provider.GetRequiredService<StartLinks>().ReplaceAsync(CancellationToken.None);
        return StartAddress.Of(options.PublicUrl, urls?.Split(';')[0], secret);
    }
}
