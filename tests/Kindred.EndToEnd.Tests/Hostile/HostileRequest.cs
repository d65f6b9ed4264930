namespace Kindred.EndToEnd.Tests.Hostile;

/// <summary>A request that must be refused.</summary>
/// <param name="What">Says in the failure which one it was.</param>
/// <param name="Signed">Signed with a good key, so that it gets past the door.</param>
internal sealed record HostileRequest(string What, HttpRequestMessage Message, bool Signed = true);
