using System.Net;

namespace Kindred.Host.Demo.Client;

/// <summary>The service answered with an error.</summary>
/// <param name="code">The error's name, such as <c>ResourceNotFoundException</c>; empty when the answer carried none.</param>
internal sealed class ApiException(HttpStatusCode status, string code, string message) : Exception($"{code} ({(int)status}): {message}")
{
    public HttpStatusCode Status { get; } = status;
    public string Code { get; } = code;
}
