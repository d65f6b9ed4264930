using System.Numerics.Tensors;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Members;

/// <summary>How many different users interacted with each item.</summary>
internal static class ItemPopularity
{
    /// <summary>Counts users, each by the largest weight of their interactions with the item; 1 without weights.</summary>
    public static float[] CountUsers(InteractionLog log)
    {
        var counts = new double[log.ItemIds.Count];
        var (lastUser, counted) = (new int[log.ItemIds.Count], new float[log.ItemIds.Count]);
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            for (var i = log.UserStarts[user]; i < log.UserStarts[user + 1]; i++)
            {
                var (item, weight) = (log.Items[i], log.WeightOf(i));
                if (lastUser[item] != user + 1)
                    (lastUser[item], counted[item]) = (user + 1, 0);
                if (weight > counted[item])
                {
                    counts[item] += weight - counted[item];
                    counted[item] = weight;
                }
            }
        }
        return [.. counts.Select(count => (float)count)];
    }

    /// <summary>Logarithm of each item's share of all users, with half a user more for every item so that none is impossible.</summary>
    public static float[] LogShares(ReadOnlySpan<float> users)
    {
        const double Prior = 0.5;
        var total = 0.0;
        foreach (var count in users)
            total += count + Prior;
        var shares = new float[users.Length];
        for (var item = 0; item < users.Length; item++)
            shares[item] = (float)Math.Log((users[item] + Prior) / total);
        return shares;
    }

    /// <summary>1/q of each item from log q.</summary>
    public static float[] InverseShares(ReadOnlySpan<float> logShares)
    {
        var inverse = new float[logShares.Length];
        TensorPrimitives.Negate(logShares, inverse);
        TensorPrimitives.Exp(inverse, inverse);
        return inverse;
    }
}
