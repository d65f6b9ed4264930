using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Api.ControlPlane;

internal static class ControlPlaneExtensions
{
    public static IServiceCollection AddControlPlane(this IServiceCollection services) =>
        services.AddSingleton<PageTokens>().AddSingleton<ResourcePages>();
}
