using Kindred.Portal.Components;
using Kindred.Portal.Controls.Insights;
using Kindred.Portal.Downloads;
using Kindred.Portal.Security;
using Kindred.Portal.Sessions;
using Kindred.Portal.Uploads;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;

namespace Kindred.Portal;

/// <summary>The web portal: pages for organisations and for whoever operates the deployment.</summary>
public static class PortalExtensions
{
    private const int MostCircuitsKept = 50;

    /// <summary>Needs the operations, and somebody who signs people in and knows their memberships.</summary>
    /// <param name="pictures">Where pictures of items may come from.</param>
    public static WebApplicationBuilder AddKindredPortal(this WebApplicationBuilder builder, PictureOrigins pictures)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WebHost.UseStaticWebAssets(); // a slim builder leaves them out; where all is published in one folder nothing happens
        var services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
            circuits.DisconnectedCircuitMaxRetained = MostCircuitsKept;
        });
        services.AddMudServices(mud =>
        {
            mud.PopoverOptions.Duration = TimeSpan.FromMilliseconds(120);
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
        });
        services.AddSingleton(pictures);
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddTransient<IClaimsTransformation, OriginClaim>();
        services.AddScoped<TenantSession>();
        services.TryAddSingleton(new OperatorTools());
        services.AddScoped<Stars>();
        return builder;
    }

    /// <summary>Comes after whoever signs people in, and before the other endpoints.</summary>
    public static WebApplication MapKindredPortal(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseNotFoundPage();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapGet("/", () => Results.Redirect($"/{Links.Organisations}"));
        app.MapUploads();
        app.MapRefusedRows();
        app.MapAuditExport();
        app.MapOutputs();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null); // ours says 'none'
        return app;
    }
}
