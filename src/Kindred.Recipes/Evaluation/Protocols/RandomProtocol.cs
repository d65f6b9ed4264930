using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Evaluation.Protocols;

/// <summary>
/// A quarter of each user's items, drawn from all of the history, is to be found: the stratified random split of collaborative filtering
/// (Microsoft Recommenders). What is hidden lies before and between what is known, so this does not tell how well a model foresees what comes next.
/// </summary>
public sealed class RandomProtocol : IProtocol
{
    private const double HiddenShare = 0.25;

    public string Name => "random";
    public string Description => "a quarter of each user's items, drawn from all of the history, is to be found";

    public EvaluationPlan Plan(InteractionLog log, int seed, int maxCases)
    {
        var able = Enumerable.Range(0, log.UserIds.Count).Where(user => HiddenOf(ItemsOf(log, user).Length) > 0).ToList();
        var tested = Draw.Some(able, maxCases, seed);
        var (random, keep, truths) = (new Random(seed), new bool[log.Count], new int[tested.Length][]);
        Array.Fill(keep, true);
        for (var i = 0; i < truths.Length; i++)
        {
            var items = ItemsOf(log, tested[i]);
            random.Shuffle(items);
            truths[i] = items[..HiddenOf(items.Length)];
            for (var at = log.UserStarts[tested[i]]; at < log.UserStarts[tested[i] + 1]; at++)
                keep[at] = !truths[i].Contains(log.Items[at]);
        }
        var training = log.Where(keep);
        return new EvaluationPlan(training, training,
        [
            new TestSlice(
                "hidden items",
                [.. tested.Select((user, i) => new TestCase(training.UserStarts[user], training.UserStarts[user + 1], truths[i]))]),
        ]);
    }

    private static int HiddenOf(int items) => items < 2 ? 0 : Math.Max(1, (int)Math.Round(HiddenShare * items));

    private static int[] ItemsOf(InteractionLog log, int user) => [.. log.Items[log.UserStarts[user]..log.UserStarts[user + 1]].ToArray().Distinct()];
}
