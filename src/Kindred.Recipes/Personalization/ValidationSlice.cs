using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Users whose newest step is held out, to choose the blend by. Of each, the last interaction with an item they had not met before
/// (or, for ranking, the very last one) is the target; it and what follows is not trained on.
/// </summary>
internal sealed class ValidationSlice
{
    private const int MaxUsers = 2500;

    private ValidationSlice(InteractionLog log, List<(int User, int Target)> cases, bool[] keep) =>
        (Log, Cases, Training) = (log, cases, log.Where(keep));

    public InteractionLog Log { get; }

    /// <summary>User and the position of their target in <see cref="Log"/>, by ascending user.</summary>
    public List<(int User, int Target)> Cases { get; }

    /// <summary>The log without what is held out.</summary>
    public InteractionLog Training { get; }

    public static ValidationSlice Of(InteractionLog log, bool mayRepeat, int seed)
    {
        var users = Enumerable.Range(0, log.UserIds.Count).Where(user => log.InteractionsOf(user) >= 2).ToArray();
        new Random(seed).Shuffle(users);
        var keep = new bool[log.Count];
        Array.Fill(keep, true);
        var cases = new List<(int, int)>();
        // Not more than one interaction in twenty, or the members would be judged by what too little data taught them.
        var most = Math.Min(MaxUsers, Math.Max(50, log.Count / 20));
        foreach (var user in users)
        {
            if (cases.Count == most)
                break;
            if (TargetOf(log, user, mayRepeat) is not { } target)
                continue;
            cases.Add((user, target));
            keep.AsSpan(target..log.UserStarts[user + 1]).Clear();
        }
        cases.Sort();
        return new ValidationSlice(log, cases, keep);
    }

    private static int? TargetOf(InteractionLog log, int user, bool mayRepeat)
    {
        var (start, end) = (log.UserStarts[user], log.UserStarts[user + 1]);
        for (var i = end - 1; i > start; i--)
        {
            if (log.WeightOf(i) > 0 && (mayRepeat || !log.Items[start..i].Contains(log.Items[i])))
                return i;
        }
        return null;
    }
}
