using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Evaluation;

/// <summary>
/// The service's split: nine users in ten train; of each other user the oldest 90 % is the input and the newest 10 % (at least one
/// interaction) the truth. Test users have at least two interactions.
/// </summary>
public sealed class UserSplit
{
    private const int MaxTestUsers = 10_000;

    private readonly bool _isOfBaskets;

    private UserSplit(InteractionLog log, int[] testUsers, InteractionLog training, bool isOfBaskets) =>
        (Log, TestUsers, Training, _isOfBaskets) = (log, testUsers, training, isOfBaskets);

    public InteractionLog Log { get; }

    /// <summary>Ascending.</summary>
    public IReadOnlyList<int> TestUsers { get; }

    /// <summary>The log without the test users.</summary>
    public InteractionLog Training { get; }

    public static UserSplit Of(InteractionLog log, int seed)
    {
        var able = Enumerable.Range(0, log.UserIds.Count).Where(user => log.InteractionsOf(user) >= 2).ToArray();
        new Random(seed).Shuffle(able);
        var test = able[..Math.Min(MaxTestUsers, (able.Length + 9) / 10)];
        Array.Sort(test);
        var keep = new bool[log.Count];
        Array.Fill(keep, true);
        foreach (var user in test)
            keep.AsSpan(log.UserStarts[user]..log.UserStarts[user + 1]).Clear();
        return new UserSplit(log, test, log.Where(keep), Baskets.Are(log));
    }

    /// <summary>Where the truth of a test user begins in the log: not in the middle of a basket, unless there is only one.</summary>
    public int TruthOf(int user)
    {
        var truth = Math.Max(1, (int)Math.Round(Log.InteractionsOf(user) * 0.1, MidpointRounding.AwayFromZero));
        var start = Log.UserStarts[user + 1] - truth;
        var basket = _isOfBaskets ? Baskets.StartOf(Log, user, start + 1) : start;
        return basket > Log.UserStarts[user] ? basket : start;
    }
}
