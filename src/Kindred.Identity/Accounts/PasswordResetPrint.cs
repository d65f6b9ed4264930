using Kindred.Identity.Starting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Identity.Accounts;

/// <summary>Makes a link for a new password from outside of the server, which may run meanwhile: for the one operator who forgot theirs.</summary>
public static class PasswordResetPrint
{
    /// <param name="services">With data protection, whose keys are those of the deployment.</param>
    /// <param name="options">Where the accounts are.</param>
    /// <param name="urls">Where the server listens, several separated by <c>;</c>; null for where it does by default.</param>
    /// <returns>The address to open; null when nobody has that mail address.</returns>
    public static async Task<string?> MakeAsync(IServiceCollection services, AccountsOptions options, string? urls, string email)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(email);
        services.AddAccountsDb(options);
        services.AddIdentityCore<Person>().AddEntityFrameworkStores<AccountsDb>().AddDefaultTokenProviders();
        await using var provider = services.BuildServiceProvider();
        await AccountsOpening.MigrateAsync(provider.GetRequiredService<IServiceScopeFactory>(), CancellationToken.None);
        provider.GetRequiredService<AccountsGate>().Open();
        await using var scope = provider.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        return await people.FindByEmailAsync(email.Trim()) is { } person
            ? StartAddress.Of(options.PublicUrl, urls?.Split(';')[0]) + await PasswordResets.PathAsync(people, person)
            : null;
    }
}
