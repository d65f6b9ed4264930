using System.Net;

namespace Kindred.Client;

/// <summary>The service answered with an error.</summary>
/// <param name="status">The answer's HTTP status.</param>
/// <param name="code">The error's name, such as <c>ResourceNotFoundException</c>; empty when the answer carried none.</param>
/// <param name="message">The answer's sentence, or its text when it is not JSON of ours.</param>
public sealed class ServiceException(HttpStatusCode status, string code, string message)
    : Exception($"{code} ({(int)status}): {message}")
{
    public HttpStatusCode Status { get; } = status;
    public string Code { get; } = code;
}
