using Kindred.Contracts.Access;

namespace Kindred.Identity.Applications;

/// <param name="Name">1 to 100 characters.</param>
/// <param name="Scopes">What its tokens can do at most; no more than whoever makes it.</param>
/// <param name="RedirectUris">Where members who sign in with it are sent back to: https addresses, or http on loopback; ten at most. Empty for
/// an application that only acts for itself.</param>
public sealed record NewApplication(string Name, AccessScopes Scopes, IReadOnlyList<string> RedirectUris);
