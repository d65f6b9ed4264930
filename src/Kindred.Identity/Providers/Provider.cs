using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Kindred.Identity.Providers;

/// <summary>Sign-in by another OpenID Connect provider: code flow with PKCE.</summary>
internal static class Provider
{
    public const string Scheme = "oidc";

    public static void AddProvider(this AuthenticationBuilder authentication, ProviderOptions provider) =>
        authentication.AddOpenIdConnect(Scheme, provider.Name, connect =>
        {
            connect.Authority = provider.Authority.AbsoluteUri;
            connect.ClientId = provider.ClientId;
            connect.ClientSecret = provider.ClientSecret;
            connect.ResponseType = OpenIdConnectResponseType.Code;
            connect.ResponseMode = OpenIdConnectResponseMode.Query; // a post from the other site would come without our lax cookies
            connect.UsePkce = true;
            connect.SignInScheme = IdentityConstants.ExternalScheme;
            connect.CallbackPath = "/account/external/callback";
            connect.SignedOutCallbackPath = "/account/external/signed-out";
            connect.RemoteSignOutPath = PathString.Empty;
            connect.MapInboundClaims = false;
            connect.TokenValidationParameters.NameClaimType = "name";
            connect.RequireHttpsMetadata = !provider.Authority.IsLoopback;
            connect.Scope.Add("email");
            connect.NonceCookie.SameSite = connect.CorrelationCookie.SameSite = SameSiteMode.Lax;
            connect.NonceCookie.SecurePolicy = connect.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            connect.Events.OnRemoteFailure = context =>
            {
                context.Response.Redirect($"{context.Request.PathBase}/account/sign-in?fault=provider");
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });
}
