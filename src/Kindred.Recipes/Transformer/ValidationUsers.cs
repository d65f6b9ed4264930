using System.Collections.Concurrent;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Transformer;

/// <summary>Users whose last step is held out to watch the training.</summary>
internal sealed class ValidationUsers
{
    private const int UsersPerBlock = 8;
    private const int MinUsers = 100;
    private const double MaxScores = 2e8; // of one validation: large catalogues are watched through fewer users
    private readonly InteractionLog _log;
    private readonly int[] _users;

    private ValidationUsers(InteractionLog log, int[] users) => (_log, _users) = (log, users);

    public int Count => _users.Length;

    public IReadOnlySet<int> Users => _users.ToHashSet();

    /// <summary>
    /// At most a tenth of the users with at least three steps, so that two are left to learn from; nobody where that is too few to tell a
    /// better model from luck.
    /// </summary>
    public static ValidationUsers Of(InteractionLog log, int most, int seed)
    {
        const int MinSteps = 3;
        int[] able = [.. Enumerable.Range(0, most > 0 ? log.UserIds.Count : 0)
            .Where(user => StepBuffer.CountOf(log, user) >= MinSteps && log.WeightOf(log.UserStarts[user + 1] - 1) > 0)];
        var random = SplitMix.At(seed, 0, RandomParts.Validation);
        random.Shuffle(able.AsSpan());
        most = Math.Min(most, Math.Max(MinUsers, (int)(MaxScores / Math.Max(1, log.ItemIds.Count))));
        var count = Math.Min(most, able.Length / 10);
        return new ValidationUsers(log, count < Math.Min(most, MinUsers) ? [] : [.. able.Take(count).Order()]);
    }

    /// <summary>Mean of 1/log2(1 + rank) of the held-out items among those the user had not met before, 0 beyond rank 10.</summary>
    public double Ndcg(
        WeightLayout layout, ReadOnlyMemory<float> weights, ReadOnlyMemory<float> vectors, ItemFeatures? users, LoggedContexts? contexts,
        ThreadTeam team, CancellationToken cancellationToken)
    {
        var gains = new double[_users.Length];
        var idle = new ConcurrentBag<(ServingScratch Scratch, float[] Scores)>();
        team.Run((_users.Length + UsersPerBlock - 1) / UsersPerBlock, block =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (scratch, scores) = idle.TryTake(out var free) ? free : (new ServingScratch(layout, users), new float[_log.ItemIds.Count]);
            for (var i = block * UsersPerBlock; i < Math.Min(_users.Length, (block + 1) * UsersPerBlock); i++)
                gains[i] = GainOf(_users[i], layout, weights.Span, vectors.Span, contexts, scratch, scores);
            idle.Add((scratch, scores));
        });
        return gains.Sum() / Math.Max(1, gains.Length);
    }

    /// <summary>Likewise, when everybody is shown the same items: those with the highest scores that they had not met before.</summary>
    /// <param name="scores">Shape [items].</param>
    public double NdcgOf(ReadOnlySpan<float> scores)
    {
        var steps = new StepBuffer();
        var sum = 0.0;
        foreach (var user in _users)
        {
            steps.Read(_log, user);
            var target = steps.Items[steps.Count - 1];
            var rank = 1;
            for (var item = 0; item < scores.Length; item++)
                rank += IsBefore(item, target, scores) ? 1 : 0;
            foreach (var item in steps.Items.Take(steps.Count - 1).Distinct())
                rank -= IsBefore(item, target, scores) ? 1 : 0;
            sum += rank <= 10 ? 1 / Math.Log2(1 + rank) : 0;
        }
        return sum / Math.Max(1, _users.Length);
    }

    private static bool IsBefore(int item, int target, ReadOnlySpan<float> scores) =>
        scores[item] > scores[target] || (scores[item] == scores[target] && item < target);

    private double GainOf(
        int user, WeightLayout layout, ReadOnlySpan<float> weights, ReadOnlySpan<float> vectors, LoggedContexts? contexts,
        ServingScratch scratch, float[] scores)
    {
        scratch.Steps.Read(_log, user);
        var last = scratch.Steps.Count - 1;
        scratch.Context.Clear();
        contexts?.Read(scratch.Steps.Firsts[last], scratch.Context);
        var target = scratch.Steps.Items[last];
        scratch.Steps.Truncate(last);
        SequenceTransformer.Score(layout, weights, null, vectors, scratch, user, scores);
        var (score, rank) = (scores[target], 1);
        foreach (var item in scratch.Steps.Items.AsSpan(0, last))
            scores[item] = item == target ? score : float.NegativeInfinity;
        for (var item = 0; item < scores.Length && rank <= 10; item++)
            rank += scores[item] > score || (scores[item] == score && item < target) ? 1 : 0;
        return rank <= 10 ? 1 / Math.Log2(1 + rank) : 0;
    }
}
