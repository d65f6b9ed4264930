namespace Kindred.Identity.Providers;

/// <summary>An OpenID Connect provider that people sign in by. Settings <c>Authentication:Oidc</c>.</summary>
/// <param name="Authority">Its address, below which <c>.well-known/openid-configuration</c> is.</param>
/// <param name="Name">What the button says after <i>Sign in with</i>.</param>
public sealed record ProviderOptions(Uri Authority, string ClientId, string ClientSecret, string Name);
