using Microsoft.AspNetCore.Http;

namespace Kindred.Portal.Components.Account;

internal static class ClientAddress
{
    /// <returns>The address that a request came from, as trusted proxies say; null when there is none.</returns>
    public static string? Address(this HttpContext http) => http.Connection.RemoteIpAddress?.ToString();
}
