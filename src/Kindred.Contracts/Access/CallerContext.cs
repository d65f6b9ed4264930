namespace Kindred.Contracts.Access;

/// <summary>
/// Carries along with grain calls in whose name they are made. A filter in front of every grain compares it with the account
/// that the grain belongs to, and refuses a call in nobody's name: it is the second check, after the one at the door. Grains
/// that call grains pass the entry on; reminders and threads of jobs begin without one.
/// </summary>
public static class CallerContext
{
    private const string Key = "kindred.caller";

    /// <summary>In whose name this flow calls grains; null when nobody has entered.</summary>
    public static CallerEntry? Current => RequestContext.Get(Key) as CallerEntry;

    /// <summary>Until the result is disposed, this flow's grain calls are made in the principal's name.</summary>
    public static CallerScope Enter(Principal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return Enter(principal.Entry);
    }

    /// <summary>Until the result is disposed, this flow's grain calls are the service's own.</summary>
    /// <param name="account">The account that the work is for, and is confined to; null for work that concerns all accounts.</param>
    /// <param name="reason">What the work is, a short phrase such as <c>compaction</c>; logs name it.</param>
    public static CallerScope EnterService(string? account, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (account is not null) ArgumentException.ThrowIfNullOrWhiteSpace(account);
        return Enter(new CallerEntry(account, ActorKind.Service, reason));
    }

    internal static void Restore(CallerEntry? before)
    {
        if (before is null) RequestContext.Remove(Key);
        else RequestContext.Set(Key, before);
    }

    private static CallerScope Enter(CallerEntry entry)
    {
        var before = Current;
        RequestContext.Set(Key, entry);
        return new CallerScope(before);
    }
}
