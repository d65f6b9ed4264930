using System.Numerics.Tensors;
using Kindred.Recipes.Als;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Actions;

/// <summary>
/// Who takes each action, as the sum of their factors: a user like them is likelier to. Kept for two halves of the users, and a user is
/// compared with the other half: else those who took an action would know it from finding themselves.
/// </summary>
/// <param name="Sums">Σ of the factors of those who took it, each at unit length, shape [2, actions, stride].</param>
/// <param name="Takers">How many they are, shape [2, actions].</param>
internal sealed record ActionTastes(ReadOnlyMemory<float> Sums, ReadOnlyMemory<float> Takers)
{
    public static ActionTastes Of(ActionSet actions, InteractionLog log, AlsFactors factors, long until)
    {
        var (sums, takers) = (new float[2 * actions.Ids.Count * factors.Stride], new float[2 * actions.Ids.Count]);
        var user = new float[factors.Stride];
        var taken = actions.Interactions.Where(what => what.Event is ActionEvent.Taken && what.Timestamp < until)
            .Select(what => (what.User, what.Action)).Distinct().OrderBy(pair => pair.User).ThenBy(pair => pair.Action);
        var last = -1;
        foreach (var (code, action) in taken)
        {
            if (code != last)
                Direction(factors, HistoryOf(log, last = code, until), user);
            var place = HalfOf(code) * actions.Ids.Count + action;
            var sum = sums.AsSpan(place * user.Length, user.Length);
            TensorPrimitives.Add(sum, user, sum);
            takers[place]++;
        }
        return new ActionTastes(sums, takers);
    }

    /// <summary>Mean cosine of a user and those of the other half who took an action; 0 when nobody did.</summary>
    public float AffinityOf(int user, ReadOnlySpan<float> direction, int action)
    {
        var place = (1 - HalfOf(user)) * (Takers.Length / 2) + action;
        var takers = Takers.Span[place];
        return takers == 0 ? 0 : TensorPrimitives.Dot(direction, Sums.Span.Slice(place * direction.Length, direction.Length)) / takers;
    }

    // Scattered (Knuth's multiplicative hash), so that no order of the users can be a pattern of the halves.
    private static int HalfOf(int user) => (int)(unchecked((uint)user * 2654435769u) >> 31);

    /// <summary>The factors of a user at unit length; zeros without a history.</summary>
    public static void Direction(AlsFactors factors, ReadOnlySpan<HistoryEvent> history, Span<float> direction)
    {
        factors.FoldIn(history, direction);
        var length = TensorPrimitives.Norm<float>(direction);
        if (length > 0)
            TensorPrimitives.Divide(direction, length, direction);
    }

    /// <summary>What a user did with items before a moment, oldest first.</summary>
    public static HistoryEvent[] HistoryOf(InteractionLog log, int user, long until)
    {
        var (start, end) = (log.UserStarts[user], log.UserStarts[user + 1]);
        while (end > start && log.Timestamps[end - 1] >= until)
            end--;
        var history = new HistoryEvent[end - start];
        log.CopyHistory(start, history);
        return history;
    }
}
