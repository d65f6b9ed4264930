using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Personalization.Parts;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Recipes.Tests.Personalization;

/// <summary>Candidate pools without members behind them.</summary>
internal static class Pools
{
    /// <summary>Users whose target each signal raises by its strength, above noise of deviation 1.</summary>
    public static CandidatePool Random(int seed, int users, int candidates, params double[] strengths)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

        var pooled = new PooledUser[users];
        for (var user = 0; user < users; user++)
        {
            var columns = new float[(strengths.Length + 1) * candidates];
            for (var i = 0; i < columns.Length; i++)
                columns[i] = (float)Normal();
            for (var signal = 0; signal < strengths.Length; signal++)
                columns[signal * candidates] += (float)strengths[signal];
            for (var i = strengths.Length * candidates; i < columns.Length; i++)
                columns[i] -= 5;
            pooled[user] = new PooledUser(
                [.. Enumerable.Range(0, candidates)], columns, 1, random.Next(10) > 0 ? 1 : 0, 1, new HeldOut(user, 2 * user + 1, true, 1));
        }
        return new CandidatePool(pooled, strengths.Length);
    }

    /// <summary>The users of one pool where <paramref name="isFirst"/> holds, those of another elsewhere.</summary>
    public static CandidatePool Where(CandidatePool first, CandidatePool second, Func<int, bool> isFirst) =>
        new([.. first.Users.Select((user, i) => isFirst(i) ? user : second.Users[i])], first.SignalCount);

    /// <summary>An ensemble of members with one signal each, in name only.</summary>
    public static Ensemble Members(int count) => new(new ItemShares(new float[1]),
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var part = new NamedPart($"signal {i}");
            return (new PartKind { Name = $"signal {i}", Key = $"s{i}", Train = _ => part, Read = (_, _, _) => part }, (IPart)part);
        }),
    ]);

    private sealed class NamedPart(string name) : IPart, ISignal
    {
        public IReadOnlyList<ISignal> Signals => [this];
        public string Name => name;
        public float PriorWeight => 0.2f;
        public bool IsRecency => false;

        public IPart With(ItemShares shares) => this;
        public void Write(ArtifactWriter writer, string prefix) => throw new NotSupportedException();
        public void Add(in HistoryView history, float weight, SignalScratch scratch, Span<float> scores) => throw new NotSupportedException();
    }
}
