using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Users whose newest interaction is held out, to choose by. Where it repeats an item, every other such user gives the last interaction
/// with a new item instead. A target and what follows it is not trained on.
/// </summary>
internal sealed class ValidationSlice
{
    /// <summary>Users that a slice holds unless told otherwise.</summary>
    public const int DefaultUsers = 2500;

    private const int MaxDropped = 20;

    private ValidationSlice(InteractionLog log, List<HeldOut> cases, bool[] keep) => (Log, Cases, Training) = (log, cases, log.Where(keep));

    public InteractionLog Log { get; }

    /// <summary>By ascending user.</summary>
    public List<HeldOut> Cases { get; }

    /// <summary>The log without what is held out.</summary>
    public InteractionLog Training { get; }

    /// <param name="log">All interactions.</param>
    /// <param name="withRepeats">Whether an item that the user had met before may be a target.</param>
    /// <param name="seed">Draws the users.</param>
    /// <param name="maxUsers">Users at most.</param>
    public static ValidationSlice Of(InteractionLog log, bool withRepeats, int seed, int maxUsers = DefaultUsers)
    {
        var users = Enumerable.Range(0, log.UserIds.Count).Where(user => log.InteractionsOf(user) >= 2).ToArray();
        new Random(seed).Shuffle(users);
        // Not more than one interaction in twenty, or the members would be judged by what too little data taught them.
        var most = Math.Min(maxUsers, Math.Max(50, log.Count / 20));
        var (cases, costly, takesRepeat) = (new List<HeldOut>(), new List<HeldOut>(), true);
        foreach (var user in users)
        {
            if (cases.Count == most)
                break;
            if (TargetOf(log, user) is not { } target)
                continue;
            var isFresh = IsFresh(log, user, target);
            var held = new HeldOut(user, target, isFresh, Share: isFresh ? 1 : 2);
            if (!held.IsFresh && !(withRepeats && (takesRepeat = !takesRepeat)))
            {
                if (FreshTargetOf(log, user, target) is not { } fresh)
                    continue;
                held = new HeldOut(user, fresh, IsFresh: true, Share: 0);
            }
            // Going far back for a new item costs the members what came after it: only if there are too few other users.
            (target - held.Target <= MaxDropped ? cases : costly).Add(held);
        }
        cases.AddRange(costly.Take(most / 2 - cases.Count));
        cases.Sort((x, y) => x.User.CompareTo(y.User));
        var keep = new bool[log.Count];
        Array.Fill(keep, true);
        foreach (var held in cases)
            keep.AsSpan(held.Target..log.UserStarts[held.User + 1]).Clear();
        return new ValidationSlice(log, cases, keep);
    }

    /// <summary>Copies what the user had done before the target.</summary>
    public HistoryEvent[] HistoryOf(HeldOut held)
    {
        var start = Log.UserStarts[held.User];
        var history = new HistoryEvent[held.Target - start];
        Log.CopyHistory(start, history);
        return history;
    }

    private static int? TargetOf(InteractionLog log, int user)
    {
        for (var i = log.UserStarts[user + 1] - 1; i > log.UserStarts[user]; i--)
        {
            if (log.WeightOf(i) > 0)
                return i;
        }
        return null;
    }

    private static int? FreshTargetOf(InteractionLog log, int user, int before)
    {
        for (var i = before - 1; i > log.UserStarts[user]; i--)
        {
            if (log.WeightOf(i) > 0 && IsFresh(log, user, i))
                return i;
        }
        return null;
    }

    private static bool IsFresh(InteractionLog log, int user, int position) =>
        !log.Items[log.UserStarts[user]..position].Contains(log.Items[position]);
}
