namespace Kindred.EndToEnd.Tests.Hostile;

/// <summary>A request that must be refused.</summary>
/// <param name="What">Says in the failure which one it was.</param>
/// <param name="Signed">Signed with a good key, so that it gets past the door.</param>
/// <param name="Malformed">No HTTP request at all: the web server refuses it with a bare 400 before anything of ours sees it.</param>
internal sealed record HostileRequest(string What, HttpRequestMessage Message, bool Signed = true, bool Malformed = false);
