using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tuning;

/// <summary>What the cost of training depends on, in the data.</summary>
public sealed record DataShape
{
    public required long Interactions { get; init; }

    /// <summary>Users with an interaction.</summary>
    public required long Users { get; init; }

    /// <summary>Items of the catalogue, with or without interactions.</summary>
    public required long Items { get; init; }

    /// <summary>Σ over users of min(length, 200): the steps that sequence models learn from in one epoch.</summary>
    public required long Steps { get; init; }

    /// <summary>Σ over users of min(length, 1000)²: the pairs that co-occurrence counts.</summary>
    public required double Pairs { get; init; }

    /// <summary>Whether interactions come in <see cref="Baskets"/>.</summary>
    public bool IsOfBaskets { get; init; }

    public static DataShape Of(TrainingSet data)
    {
        var log = data.Interactions;
        var (users, steps, pairs) = (0L, 0L, 0.0);
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            var length = log.InteractionsOf(user);
            users += length > 0 ? 1 : 0;
            steps += Math.Min(length, 200);
            pairs += Math.Pow(Math.Min(length, 1000), 2);
        }
        return new DataShape
        {
            Interactions = log.Count, Users = users, Items = log.ItemIds.Count, Steps = steps, Pairs = pairs, IsOfBaskets = Baskets.Are(log),
        };
    }
}
