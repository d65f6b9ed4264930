namespace Kindred.Identity.Accounts;

/// <summary>Somebody with an account, as whoever runs the deployment sees them.</summary>
/// <param name="Organisations">Where they belong, by name; empty for somebody who waits for an invitation.</param>
/// <param name="SeenAt">When they last used a session that is still known; null for none.</param>
/// <param name="LockedUntil">After too many wrong passwords; null when they are not locked out.</param>
/// <param name="IsSuspended">Nobody signs in with the account, and nothing acts in its name, until that is taken back.</param>
public sealed record PersonReading(
    string Id, string Name, string Email, bool IsOperator, bool HasSecondStep, IReadOnlyList<string> Organisations, DateTimeOffset CreatedAt,
    DateTimeOffset? SeenAt, DateTimeOffset? LockedUntil, bool IsSuspended);
