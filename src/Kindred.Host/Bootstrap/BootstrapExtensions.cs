using Kindred.Identity.Starting;

namespace Kindred.Host.Bootstrap;

internal static class BootstrapExtensions
{
    /// <summary>Comes after the silo: hosted services start in the order in which they are added.</summary>
    public static void AddFirstTenant(this IServiceCollection services)
    {
        services.AddSingleton<FirstTenant>();
        services.AddSingleton<IFirstTenant>(provider => provider.GetRequiredService<FirstTenant>());
        services.AddHostedService(provider => provider.GetRequiredService<FirstTenant>());
    }
}
