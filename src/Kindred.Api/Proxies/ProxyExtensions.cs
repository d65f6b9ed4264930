using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Api.Proxies;

public static class ProxyExtensions
{
    /// <summary>
    /// Takes client address and scheme from trusted proxies, and the path of the public address off requests that carry it. Goes before
    /// everything that routes.
    /// </summary>
    public static IApplicationBuilder UseKindredProxies(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var proxies = app.ApplicationServices.GetRequiredService<ProxyOptions>();
        app.Use((http, next) =>
        {
            // Before the address below becomes the client's.
            if (proxies.Trusts(http.Connection.RemoteIpAddress)) http.Features.Set(TrustedProxy.Instance);
            return next(http);
        });
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null, // as many as are trusted, one after the other
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in proxies.TrustedProxies) forwarded.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(forwarded);
        if (proxies.PathPrefix.Length > 0) app.UsePathBase(proxies.PathPrefix);
        return app.UseRouting();
    }
}
