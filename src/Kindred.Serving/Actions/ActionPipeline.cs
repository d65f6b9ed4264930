using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Recipes;
using Kindred.Recipes.Actions;
using Kindred.Serving.Groups;
using Kindred.Serving.Histories;
using Kindred.Serving.Items;
using Kindred.Serving.Models;

namespace Kindred.Serving.Actions;

/// <summary>
/// Answers a query for actions from an open model and a group's open data: those that the model scores by their propensity, among them those without
/// a score, of too few interactions or newer than the model, which are explored. Computes only.
/// </summary>
internal static class ActionPipeline
{
    public static PredictedAction[] Run(ActionQuery query, OpenModel model, GroupView group)
    {
        var propensity = (IActionPropensity)model.Model;
        var past = PastAction.Read(group, query.UserId);
        var propensities = Score(query, propensity, past, model, group);
        var order = new int[propensities.Length];
        order = order[..propensity.RankActions(propensities, order)];

        var offers = new ActionOffers(group, query, past);
        var scored = order.Where(action => propensities[action] > 0 && offers.Allows(propensity.Actions[action]))
            .Select(action => new PredictedAction { ActionId = propensity.Actions[action], Score = propensities[action] });
        var unscored = order.Where(action => propensities[action] <= 0).Select(action => propensity.Actions[action]).Where(offers.Allows)
            .Concat(offers.Unknown(propensity));
        return Blend(query, scored, unscored);
    }

    /// <summary>
    /// Spreads actions without a score among the others as items are explored, drawn for each user: so each of them is shown to somebody, and gets the
    /// answers that a score takes. Where scored ones run out, the rest of them follow by VALUE.
    /// </summary>
    private static PredictedAction[] Blend(ActionQuery query, IEnumerable<PredictedAction> scored, IEnumerable<string> unscored)
    {
        var answer = new List<PredictedAction>(query.Count);
        using var familiar = scored.GetEnumerator();
        var hasFamiliar = familiar.MoveNext();
        // Not looked for until there is a place for one: a full list of scored actions does without.
        List<string>? rest = null;
        var seed = (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(query.UserId.AsSpan()));
        for (var explored = 0; answer.Count < query.Count;)
        {
            var isExplored = (int)((answer.Count + 1) * query.ExplorationWeight) > explored;
            if (isExplored || !hasFamiliar) rest ??= [.. unscored];
            if (isExplored && rest!.Count > 0)
            {
                var drawn = rest.MinBy(id => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(id.AsSpan()), seed))!;
                rest.Remove(drawn);
                explored++;
                answer.Add(Unscored(drawn));
            }
            else if (hasFamiliar)
            {
                answer.Add(familiar.Current);
                hasFamiliar = familiar.MoveNext();
            }
            else if (rest!.Count > 0)
            {
                answer.Add(Unscored(rest[0]));
                rest.RemoveAt(0);
            }
            else
            {
                break;
            }
        }
        return [.. answer];
    }

    private static PredictedAction Unscored(string id) => new() { ActionId = id, Score = 0 };

    private static float[] Score(
        ActionQuery query, IActionPropensity propensity, IReadOnlyList<PastAction> past, OpenModel model, GroupView group)
    {
        var known = new List<ActionHistoryEvent>(past.Count);
        foreach (var (id, what, time) in past)
        {
            if (propensity.Actions.TryFind(id, out var action)) known.Add(new ActionHistoryEvent(action, what, time));
        }
        var propensities = new float[propensity.Actions.Count];
        var history = ArrayPool<HistoryEvent>.Shared.Rent(UserHistories.MaxEvents);
        using var met = new ItemBits(model.OwnSpace.Count);
        var events = UserHistories.Read(group, model, query.UserId, model.OwnSpace, history, met);
        var user = propensity.Users.TryFind(query.UserId, out var code) ? code : -1;
        propensity.ScoreActions(user, history.AsSpan(0, events), [.. known], query.Now.ToUnixTimeSeconds(), propensities);
        ArrayPool<HistoryEvent>.Shared.Return(history);
        return propensities;
    }
}
