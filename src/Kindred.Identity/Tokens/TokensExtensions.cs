using Kindred.Contracts.Access;
using Kindred.Identity.Accounts;
using Kindred.Identity.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Kindred.Identity.Tokens;

internal static class TokensExtensions
{
    private static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromMinutes(15);

    public static void AddTokens(this IServiceCollection services, AccountsOptions options)
    {
        services.AddSingleton<TokenKeys>();
        services.AddSingleton<TokenCache>();
        services.AddSingleton<ForeignTokens>();
        services.AddSingleton<IBearerTokens, BearerTokens>();
        services.AddHostedService<TokenPruning>();
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<AccountsDb>())
            .AddServer(server => Configure(server, options))
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.AddAudiences(TokenClaims.Audience);
                validation.EnableTokenEntryValidation(); // a token that was revoked has ended
            });
        services.AddOptions<OpenIddictServerOptions>().Configure<TokenKeys>((server, keys) =>
        {
            server.SigningCredentials.Add(keys.Signing);
            server.EncryptionCredentials.Add(keys.Encrypting);
        });
    }

    private static void Configure(OpenIddictServerBuilder server, AccountsOptions options)
    {
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token")
            .SetEndSessionEndpointUris("connect/logout").SetRevocationEndpointUris("connect/revoke");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow().AllowClientCredentialsFlow();
        server.RegisterScopes([Scopes.Email, Scopes.Profile, Scopes.OfflineAccess, .. ScopeNames.List(TokenClaims.Grantable)]);
        if (options.PublicUrl is { } url) server.SetIssuer(url);
        server.DisableAccessTokenEncryption(); // a JWT that its receiver can read
        server.SetAccessTokenLifetime(AccessTokenLifetime);
        server.AddEventHandler<ApplyRevocationResponseContext>(handler => handler.UseSingletonHandler<ForgetRevoked>());
        server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().EnableEndSessionEndpointPassthrough()
            // Plain http is refused before, everywhere but on loopback.
            .DisableTransportSecurityRequirement();
    }

    private sealed class ForgetRevoked(TokenCache cache) : IOpenIddictServerHandler<ApplyRevocationResponseContext>
    {
        public ValueTask HandleAsync(ApplyRevocationResponseContext context)
        {
            cache.Forget();
            return default;
        }
    }
}
