using Kindred.Contracts.Access;

namespace Kindred.Identity.Applications;

/// <summary>A program of an organisation that gets its own tokens, for itself or for members who sign in with it.</summary>
/// <param name="RedirectUris">Where members are sent back to; empty for one that only acts for itself.</param>
public sealed record Application(
    string ClientId, string Name, AccessScopes Scopes, IReadOnlyList<string> RedirectUris, string CreatedBy, DateTimeOffset CreatedAt);
