using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Kindred.Portal.Security;

/// <summary>
/// Notes the client's address with whoever is signed in, for the audit trail: a circuit outlives the request that opened it, and has no other
/// way to know.
/// </summary>
internal sealed class OriginClaim(IHttpContextAccessor accessor) : IClaimsTransformation
{
    private const string ClaimType = "kindred:origin";

    /// <returns>The address, or null where nobody noted it.</returns>
    public static string? Of(ClaimsPrincipal person) => person.FindFirstValue(ClaimType);

    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        // One request may be authenticated more than once.
        if (accessor.HttpContext?.Connection.RemoteIpAddress is { } address && !principal.HasClaim(claim => claim.Type == ClaimType))
            principal.AddIdentity(new ClaimsIdentity([new Claim(ClaimType, address.ToString())]));
        return Task.FromResult(principal);
    }
}
