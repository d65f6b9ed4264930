using System.Security.Claims;
using Kindred.Contracts.Access;
using Kindred.Identity.Accounts;
using Kindred.Identity.Organisations;
using Kindred.Identity.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Kindred.Identity.Providers;

/// <summary>
/// Access tokens of another issuer. Its keys are read from its metadata, and again when it signs with one that is not among them. A token of
/// somebody who signs in here by the same provider acts as that person; any other as an application, with the scopes that it names.
/// </summary>
internal sealed partial class ForeignTokens
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);
    // Signatures with a key pair; a shared secret would be one that everybody can read in the metadata.
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
    private static readonly string[] ScopeClaims = ["scope", "scp", "roles"];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly IssuerOptions? _issuer;
    private readonly bool _isProvider;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _metadata;
    private readonly IDbContextFactory<AccountsDb> _contexts;
    private readonly TimeProvider _clock;
    private readonly ILogger<ForeignTokens> _logger;

    public ForeignTokens(AccountsOptions options, IDbContextFactory<AccountsDb> contexts, TimeProvider clock, ILogger<ForeignTokens> logger)
    {
        (_issuer, _contexts, _clock, _logger) = (options.Jwt, contexts, clock, logger);
        if (_issuer is null) return;
        _isProvider = options.Oidc?.Authority == _issuer.Authority;
        _metadata = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{_issuer.Authority.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever { RequireHttps = !_issuer.Authority.IsLoopback });
    }

    /// <summary>Whether a token says that it is of the other issuer; what it says has still to be proved.</summary>
    public bool AreFrom(string token)
    {
        if (_issuer is null || !_handler.CanReadToken(token)) return false;
        try
        {
            return IsIssuer(_handler.ReadJsonWebToken(token).Issuer);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public async Task<Principal?> FindPrincipalAsync(string token, CancellationToken cancellationToken)
    {
        if (await ValidateAsync(token, cancellationToken) is not { } claims) return null;
        var account = claims.FindFirst(_issuer!.AccountClaim)?.Value ?? _issuer.Account;
        if (!Contracts.Access.Accounts.IsAccount(account) || claims.FindFirst("sub")?.Value is not { Length: > 0 } subject) return null;
        var granted = TokenClaims.Scopes(ScopeClaims.SelectMany(claims.FindAll).SelectMany(c => c.Value.Split(' ')));
        if (_isProvider && await FindPersonAsync(subject, cancellationToken) is { } personId)
            return await OfPersonAsync(personId, account!, granted, cancellationToken);
        return Principal.OfApplication(account!, subject, granted);
    }

    private bool IsIssuer(string issuer) => Uri.TryCreate(issuer, UriKind.Absolute, out var uri)
        && uri.AbsoluteUri.TrimEnd('/') == _issuer!.Authority.AbsoluteUri.TrimEnd('/');

    private async Task<ClaimsIdentity?> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            OpenIdConnectConfiguration metadata;
            try
            {
                metadata = await _metadata!.GetConfigurationAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is InvalidOperationException or IOException or HttpRequestException)
            {
                LogUnreachable(failure, _issuer!.Authority);
                return null;
            }
            var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
            {
                ValidIssuer = metadata.Issuer,
                ValidAudience = _issuer!.Audience,
                IssuerSigningKeys = metadata.SigningKeys,
                LifetimeValidator = IsOfNow,
                ValidAlgorithms = Algorithms,
            });
            if (result.IsValid) return result.ClaimsIdentity;
            if (!isFirst || result.Exception is not SecurityTokenSignatureKeyNotFoundException) return null;
            _metadata.RequestRefresh();
        }
    }

    private bool IsOfNow(DateTime? from, DateTime? until, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        return until is { } end && now < end + ClockSkew && (from is not { } begin || now > begin - ClockSkew);
    }

    private async Task<string?> FindPersonAsync(string subject, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        return await db.UserLogins.Where(l => l.LoginProvider == Provider.Scheme && l.ProviderKey == subject)
            .Select(l => l.UserId).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<Principal?> OfPersonAsync(string personId, string account, AccessScopes granted, CancellationToken cancellationToken)
    {
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var member = await db.Memberships.Where(m => m.Account == account && m.PersonId == personId)
            .Select(m => new { m.Role, m.Person.LockoutEnd }).SingleOrDefaultAsync(cancellationToken);
        return member is null || Suspension.Holds(member.LockoutEnd)
            ? null : Principal.OfPerson(account, personId, RoleScopes.Of(member.Role) & granted);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of the issuer {Authority} could not be read: its tokens are refused meanwhile")]
    private partial void LogUnreachable(Exception failure, Uri authority);
}
