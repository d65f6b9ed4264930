using System.Security.Claims;
using Kindred.Contracts.Access;
using Kindred.Identity.Accounts;
using Kindred.Identity.Organisations;
using Kindred.Identity.Providers;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Kindred.Identity.Tokens;

/// <summary>
/// Tokens of this deployment and, where the operator named one, of another issuer. A token says who, and what at most; what they may now is
/// asked for at every call, so a role that is taken away, an application that is removed, a new password end it at once.
/// </summary>
internal sealed class BearerTokens(
    OpenIddictValidationService validation, IDbContextFactory<AccountsDb> contexts, TokenCache cache, ForeignTokens foreign, AccountsGate gate) : IBearerTokens
{
    private const int MaxLength = 8192;

    public async ValueTask<Principal?> FindPrincipalAsync(string token, CancellationToken cancellationToken)
    {
        if (token is not { Length: > 0 and <= MaxLength }) return null;
        if (foreign.AreFrom(token)) return await foreign.FindPrincipalAsync(token, cancellationToken);
        await gate.WaitAsync(cancellationToken);
        if (await ReadAsync(token, cancellationToken) is not { } claims) return null;
        var (subject, account) = (claims.GetClaim(Claims.Subject), claims.GetClaim(TokenClaims.Account));
        if (subject is null || account is null) return null;
        var granted = TokenClaims.Scopes(claims.GetScopes());
        return claims.GetClaim(TokenClaims.Stamp) is { } stamp
            ? await OfPersonAsync(subject, account, stamp, granted, cancellationToken)
            : await OfApplicationAsync(subject, account, granted, cancellationToken);
    }

    private async Task<ClaimsPrincipal?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (cache.TryGet(token, out var known)) return known;
        var read = cache.Begin();
        try
        {
            var claims = await validation.ValidateAccessTokenAsync(token, cancellationToken);
            cache.Keep(token, claims, read);
            return claims;
        }
        catch (OpenIddictExceptions.ProtocolException)
        {
            return null;
        }
    }

    private async Task<Principal?> OfPersonAsync(
        string personId, string account, string stamp, AccessScopes granted, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var member = await db.Memberships.Where(m => m.Account == account && m.PersonId == personId)
            .Select(m => new { m.Role, m.Person.SecurityStamp }).SingleOrDefaultAsync(cancellationToken);
        if (member is null || TokenClaims.StampOf(member.SecurityStamp) != stamp) return null;
        return Principal.OfPerson(account, personId, RoleScopes.Of(member.Role) & granted);
    }

    private async Task<Principal?> OfApplicationAsync(
        string clientId, string account, AccessScopes granted, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scopes = await db.Applications.Where(a => a.ClientId == clientId && a.Account == account)
            .Select(a => (AccessScopes?)a.Scopes).SingleOrDefaultAsync(cancellationToken);
        return scopes is { } may ? Principal.OfApplication(account, clientId, may & granted) : null;
    }
}
