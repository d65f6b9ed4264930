namespace Kindred.Identity.Accounts;

/// <summary>A lock-out without an end: whatever refuses somebody who is locked out refuses them as well.</summary>
internal static class Suspension
{
    /// <summary>What both databases can hold; no lock-out after wrong passwords reaches it.</summary>
    public static readonly DateTimeOffset Until = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static bool Holds(DateTimeOffset? lockoutEnd) => lockoutEnd >= Until;
}
