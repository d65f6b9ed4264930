using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;

namespace Kindred.Recipes.Transformer;

/// <summary>What is known about the users of a training, and who of them tells whether that helps with somebody who has done nothing yet.</summary>
internal sealed class LearnedUsers
{
    /// <summary>Share of windows whose user stays unknown, so that one of whom nothing is known is understood as well.</summary>
    private const double HiddenShare = 0.1;

    private const int LeastNewcomers = 30;
    private const int MostNewcomers = 1000;
    private readonly HashSet<int> _newcomers;

    private LearnedUsers(ItemFeatures features, HashSet<int> newcomers) => (Features, _newcomers) = (features, newcomers);

    /// <summary>Rows are user codes.</summary>
    public ItemFeatures Features { get; }

    /// <summary>Users whose first step is not learned from, ascending; nobody where there are too few to tell anything.</summary>
    public IReadOnlyList<int> Newcomers => [.. _newcomers.Order()];

    /// <returns>Null when nothing is known about users.</returns>
    public static LearnedUsers? Of(InteractionLog log, AttributeTable? users, int seed)
    {
        if (ItemFeatures.Of(users) is not { } features)
            return null;
        int[] able = [.. Enumerable.Range(0, log.UserIds.Count)
            .Where(user => features.Knows(user) && log.InteractionsOf(user) > 0 && log.WeightOf(log.UserStarts[user]) > 0)];
        var random = SplitMix.At(seed, 0, RandomParts.Newcomers);
        random.Shuffle(able.AsSpan());
        var count = Math.Min(MostNewcomers, able.Length / 10);
        return new LearnedUsers(features, count < LeastNewcomers ? [] : [.. able.Take(count)]);
    }

    /// <summary>Row of a user's features in a window that trains, -1 where they are hidden.</summary>
    public static int RowOf(int user, ref SplitMix random) => random.NextDouble() < HiddenShare ? -1 : user;

    /// <summary>Whether a user's first step is a target.</summary>
    public bool LearnsFirst(int user) => !_newcomers.Contains(user);
}
