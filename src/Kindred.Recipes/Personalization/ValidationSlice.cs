using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// What is held out to choose by. Newest: where it repeats an item, every other such user gives the last interaction with a new item instead;
/// a target and what follows it is not trained on. Where interactions come in baskets, the newest basket, all of it.
/// At random: nothing of a target's item is trained on of that user, but what follows is.
/// </summary>
internal sealed class ValidationSlice
{
    /// <summary>Users that a slice holds unless told otherwise.</summary>
    public const int DefaultUsers = 2500;

    private const int MostUsers = 5000;
    private const int InteractionsPerUser = 200; // so that what is held out is not missed in training

    private const int MaxDropped = 20;
    private const int LeastKept = 10; // of a user's items, for each that is held out at random beyond the first

    private readonly HoldoutKind _kind;

    private ValidationSlice(InteractionLog log, HoldoutKind kind, List<HeldOut> cases, bool[] keep) =>
        (Log, _kind, Cases, Training) = (log, kind, cases, log.Where(keep));

    /// <summary>Whether what is held out are <see cref="Baskets"/>.</summary>
    public bool IsOfBaskets { get; private init; }

    public InteractionLog Log { get; }

    /// <summary>By ascending user.</summary>
    public List<HeldOut> Cases { get; }

    /// <summary>The log without what is held out.</summary>
    public InteractionLog Training { get; }

    /// <summary>Users to choose a blend by: in large data more of them, which tell better what a weight is worth.</summary>
    public static int UsersFor(long interactions) => (int)Math.Clamp(interactions / InteractionsPerUser, DefaultUsers, MostUsers);

    /// <summary>Not more than one interaction in twenty, or the members would be judged by what too little data taught them.</summary>
    /// <param name="interactions">All interactions.</param>
    /// <param name="maxCases">What is wanted.</param>
    public static long MostCases(long interactions, int maxCases) => Math.Min(maxCases, Math.Max(50, interactions / 20));

    /// <param name="log">All interactions.</param>
    /// <param name="kind">What is held out.</param>
    /// <param name="withRepeats">Whether an item that the user had met before may be a target; at random it never is.</param>
    /// <param name="seed">Draws the users.</param>
    /// <param name="maxUsers">Users at most, and at random interactions.</param>
    public static ValidationSlice Of(InteractionLog log, HoldoutKind kind, bool withRepeats, int seed, int maxUsers = DefaultUsers) =>
        kind is HoldoutKind.Random ? OfRandom(log, seed, maxUsers)
        : Baskets.Are(log) ? OfBaskets(log, withRepeats, seed, maxUsers)
        : OfNewest(log, withRepeats, seed, maxUsers);

    /// <summary>Copies what is known of the user when the target is asked for.</summary>
    public HistoryEvent[] HistoryOf(HeldOut held)
    {
        var (log, start, end) = _kind is HoldoutKind.Random
            ? (Training, Training.UserStarts[held.User], Training.UserStarts[held.User + 1])
            : (Log, Log.UserStarts[held.User], held.Target);
        var history = new HistoryEvent[end - start];
        log.CopyHistory(start, history);
        return history;
    }

    /// <summary>The interactions that should be foretold, one for each item: positions in the log.</summary>
    public int[] TruthOf(HeldOut held)
    {
        if (held.Length == 1)
            return [held.Target];
        var (truth, items) = (new List<int>(), new HashSet<int>());
        for (var i = held.Target; i < held.Target + held.Length; i++)
        {
            if (Log.WeightOf(i) > 0 && items.Add(Log.Items[i]))
                truth.Add(i);
        }
        return [.. truth];
    }

    /// <summary>What a model is asked when the target is to come.</summary>
    public ScoreQuery QueryOf(HeldOut held) =>
        new() { User = Log.UserIds.Bytes(held.User), History = HistoryOf(held), Context = Log.ContextOf(held.Target) };

    /// <summary>
    /// Adds the items that do not compete with the target: those of the history, and what else is held out at random of the user, which would be
    /// as right.
    /// </summary>
    public void AddKnown(HeldOut held, List<int> items)
    {
        var (start, target) = (Log.UserStarts[held.User], Log.Items[held.Target]);
        foreach (var item in Log.Items[start..(_kind is HoldoutKind.Random ? Log.UserStarts[held.User + 1] : held.Target)])
        {
            if (item != target || _kind is HoldoutKind.Newest)
                items.Add(item);
        }
    }

    private static ValidationSlice OfNewest(InteractionLog log, bool withRepeats, int seed, int maxUsers)
    {
        var users = Enumerable.Range(0, log.UserIds.Count).Where(user => log.InteractionsOf(user) >= 2).ToArray();
        new Random(seed).Shuffle(users);
        var most = (int)MostCases(log.Count, maxUsers);
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
        return new ValidationSlice(log, HoldoutKind.Newest, cases, keep);
    }

    private static ValidationSlice OfBaskets(InteractionLog log, bool withRepeats, int seed, int maxUsers)
    {
        var users = Enumerable.Range(0, log.UserIds.Count).Where(user => log.InteractionsOf(user) >= 2).ToArray();
        new Random(seed).Shuffle(users);
        var (cases, held, most) = (new List<HeldOut>(), 0L, MostCases(log.Count, int.MaxValue));
        foreach (var user in users)
        {
            if (cases.Count == maxUsers || held >= most)
                break;
            var end = log.UserStarts[user + 1];
            var start = Baskets.StartOf(log, user, end);
            if (start == log.UserStarts[user])
                continue;
            var counted = Enumerable.Range(start, end - start).Where(i => log.WeightOf(i) > 0).ToArray();
            var met = log.Items[log.UserStarts[user]..start].ToArray().ToHashSet();
            var isFresh = Array.Exists(counted, i => !met.Contains(log.Items[i]));
            if (counted.Length == 0 || !(isFresh || withRepeats))
                continue;
            cases.Add(new HeldOut(user, start, isFresh, Share: 1, end - start));
            held += end - start;
        }
        cases.Sort((x, y) => x.User.CompareTo(y.User));
        var keep = new bool[log.Count];
        Array.Fill(keep, true);
        foreach (var basket in cases)
            keep.AsSpan(basket.Target, basket.Length).Clear();
        return new ValidationSlice(log, HoldoutKind.Newest, cases, keep) { IsOfBaskets = true };
    }

    private static ValidationSlice OfRandom(InteractionLog log, int seed, int maxCases)
    {
        var random = new Random(seed);
        var users = Enumerable.Range(0, log.UserIds.Count).Where(user => log.InteractionsOf(user) >= 2).ToArray();
        random.Shuffle(users);
        var most = (int)MostCases(log.Count, maxCases);
        var each = (most + users.Length - 1) / Math.Max(1, users.Length); // several of each where users are few
        var (cases, keep) = (new List<HeldOut>(), new bool[log.Count]);
        Array.Fill(keep, true);
        foreach (var user in users)
        {
            var (start, end) = (log.UserStarts[user], log.UserStarts[user + 1]);
            var firsts = new Dictionary<int, int>();
            for (var i = start; i < end; i++)
                firsts.TryAdd(log.Items[i], i);
            int[] drawn = [.. firsts.Values.Where(first => log.WeightOf(first) > 0)];
            random.Shuffle(drawn);
            var count = Math.Min(Math.Min(each, most - cases.Count), Math.Min(1 + drawn.Length / LeastKept, firsts.Count - 1));
            foreach (var target in drawn.Take(count))
            {
                cases.Add(new HeldOut(user, target, IsFresh: true, Share: 0));
                for (var i = target; i < end; i++)
                    keep[i] &= log.Items[i] != log.Items[target];
            }
        }
        cases.Sort((x, y) => x.Target.CompareTo(y.Target)); // and so by user
        return new ValidationSlice(log, HoldoutKind.Random, cases, keep);
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
