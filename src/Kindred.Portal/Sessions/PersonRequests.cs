using System.Security.Claims;
using Kindred.Contracts.Access;
using Kindred.Identity.Organisations;
using Microsoft.AspNetCore.Http;

namespace Kindred.Portal.Sessions;

/// <summary>Requests that pages send beside the circuit: uploads and downloads.</summary>
internal static class PersonRequests
{
    /// <returns>In whose name the request acts in the organisation; null when they do not belong to it, or nobody is signed in.</returns>
    public static async Task<Principal?> FindPrincipalAsync(HttpContext http, IMembershipDirectory memberships, string account)
    {
        if (http.User.FindFirstValue(ClaimTypes.NameIdentifier) is not { } person || !Accounts.IsAccount(account)) return null;
        var found = await memberships.FindPrincipalAsync(person, account, http.RequestAborted);
        return found?.From(http.Connection.RemoteIpAddress?.ToString());
    }
}
