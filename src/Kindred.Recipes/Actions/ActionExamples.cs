using Kindred.Recipes.Als;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;
using Kindred.Recipes.Trees;

namespace Kindred.Recipes.Actions;

/// <summary>
/// What propensities are learned from: episodes, by ascending time. An episode begins with a user's first event about an action, holds what
/// they do about it within the optimisation period, and is positive when they take it. Features only know what was before it.
/// </summary>
internal sealed class ActionExamples
{
    private readonly List<float> _features = [];
    private readonly List<float> _labels = [];
    private readonly List<int> _actions = [];
    private readonly List<long> _times = [];
    private readonly int _featureCount;

    private ActionExamples(int featureCount) => _featureCount = featureCount;

    public int Count => _labels.Count;
    public int ActionOf(int example) => _actions[example];
    public float LabelOf(int example) => _labels[example];
    public long TimeOf(int example) => _times[example];

    /// <summary>The examples from..to as rows for trees.</summary>
    public TreeExamples Rows(int from, int to) => new(
        _features.GetRange(from * _featureCount, (to - from) * _featureCount).ToArray(), _featureCount, _labels.GetRange(from, to - from).ToArray());

    /// <summary>Offers and takings of the episodes before <paramref name="end"/>.</summary>
    public ActionCounts CountsUntil(int end, int actionCount)
    {
        var counts = new ActionCounts(new float[actionCount], new float[actionCount]);
        for (var i = 0; i < end; i++)
        {
            counts.Offered[_actions[i]]++;
            counts.Taken[_actions[i]] += _labels[i];
        }
        return counts;
    }

    public static ActionExamples Build(
        ActionSet actions, InteractionLog log, ActionFeatures features, ActionTastes tastes, AlsFactors factors, TimeSpan period, TrainingRun run)
    {
        var examples = new ActionExamples(features.Count);
        var counts = new ActionCounts(new float[actions.Ids.Count], new float[actions.Ids.Count]);
        var memories = new Dictionary<int, ActionMemory>();
        var open = new Dictionary<(int User, int Action), int>(); // the newest episode of a pair
        var (row, direction) = (new float[features.Count], new float[factors.Stride]);
        var ordered = actions.Interactions.OrderBy(interaction => interaction.Timestamp)
            .ThenBy(interaction => interaction.User).ThenBy(interaction => interaction.Action);
        foreach (var (user, action, what, time) in ordered)
        {
            if (!memories.TryGetValue(user, out var memory))
                memories.Add(user, memory = new ActionMemory());
            if (!open.TryGetValue((user, action), out var episode) || examples._times[episode] + (long)period.TotalSeconds < time)
            {
                if ((examples.Count & 1023) == 0)
                    run.CancellationToken.ThrowIfCancellationRequested();
                var history = ActionTastes.HistoryOf(log, user, time);
                ActionTastes.Direction(factors, history, direction);
                var affinity = tastes.AffinityOf(user, direction, action);
                features.Fill(ActionContext.Of(user, history, memory, time), action, counts.RateOf(action), counts.Offered[action], affinity, row);
                open[(user, action)] = episode = examples.Count;
                examples._features.AddRange(row);
                examples._labels.Add(0);
                examples._actions.Add(action);
                examples._times.Add(time);
                counts.Offered[action]++;
            }
            if (what is ActionEvent.Taken && examples._labels[episode] == 0)
            {
                examples._labels[episode] = 1;
                counts.Taken[action]++;
            }
            memory.Record(action, what, time);
        }
        return examples;
    }
}
