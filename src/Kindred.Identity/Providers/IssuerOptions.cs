namespace Kindred.Identity.Providers;

/// <summary>Another issuer whose tokens the API takes. Settings <c>Authentication:Jwt</c>.</summary>
/// <param name="Authority">Its address, below which <c>.well-known/openid-configuration</c> is.</param>
/// <param name="Audience">Whom its tokens must be for.</param>
/// <param name="AccountClaim">The claim that names the tenant.</param>
/// <param name="Account">The tenant of tokens without that claim; null refuses them.</param>
public sealed record IssuerOptions(Uri Authority, string Audience, string AccountClaim, string? Account);
