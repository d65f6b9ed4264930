using System.Buffers;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Recipes;
using Kindred.Recipes.Actions;
using Kindred.Serving.Groups;
using Kindred.Serving.Histories;
using Kindred.Serving.Items;
using Kindred.Serving.Models;

namespace Kindred.Serving.Actions;

/// <summary>
/// Answers a query for actions from an open model and a group's open data: those that the model scores by their propensity, then those without
/// a score, of too few interactions or newer than the model. Computes only.
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
        var answer = new List<PredictedAction>(query.Count);
        foreach (var action in order)
        {
            if (answer.Count == query.Count) return [.. answer];
            var id = propensity.Actions[action];
            if (offers.Allows(id)) answer.Add(new PredictedAction { ActionId = id, Score = propensities[action] });
        }
        if (answer.Count < query.Count)
            answer.AddRange(offers.Unknown(propensity).Take(query.Count - answer.Count).Select(id => new PredictedAction { ActionId = id, Score = 0 }));
        return [.. answer];
    }

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
