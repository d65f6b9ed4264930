namespace Kindred.Identity.Accounts;

/// <summary>How long what people give of themselves may be, in characters.</summary>
public static class AccountLimits
{
    public const int NameLength = 100;
    public const int EmailLength = 254; // RFC 5321, 4.5.3.1.3
    /// <summary>Hashing costs the same for any length, reading does not.</summary>
    public const int PasswordLength = 200;
}
