namespace Kindred.Contracts.Access;

/// <summary>
/// Carries the caller's account along with grain calls, where a filter compares it with the account of every grain that
/// is called. It is the second check, after the one at the door; reminders and timers carry no account.
/// </summary>
public static class CallerContext
{
    private const string AccountKey = "kindred.account";

    /// <summary>The account that grain calls of this flow are made for, or null.</summary>
    public static string? Account => RequestContext.Get(AccountKey) as string;

    /// <summary>From here on this flow's grain calls are made for <paramref name="account"/>.</summary>
    public static void Enter(string account)
    {
        ArgumentException.ThrowIfNullOrEmpty(account);
        RequestContext.Set(AccountKey, account);
    }
}
