using System.Collections.Concurrent;
using Kindred.Numerics.Sparse;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Members;

/// <summary>
/// What users buy who buy alike: neighbours by how often each item is in their baskets. The frequency vectors of Hu et al. (TIFU-KNN, SIGIR 2020)
/// without their ageing, which lost where it was tried, weighted by the similarity as Faggioli et al. do (UP-CF, UMAP 2020).
/// </summary>
internal sealed class BasketNeighbours : IMember
{
    private const int Neighbours = 900;
    private const int ItemsPerUser = 500; // the newest
    private const int UsersPerItem = 5000; // an item that more users have hardly tells them apart

    private readonly ReadOnlyMemory<int> _userStarts;
    private readonly ReadOnlyMemory<int> _items;
    private readonly ReadOnlyMemory<float> _frequencies;
    private readonly ConcurrentBag<Scratch> _scratches = [];
    private readonly SparsePattern _byItem; // positions in the columns above
    private readonly int[] _users; // of each of those positions
    private readonly float[] _inverseNorms;

    private BasketNeighbours(int itemCount, ReadOnlyMemory<int> userStarts, ReadOnlyMemory<int> items, ReadOnlyMemory<float> frequencies)
    {
        (ItemCount, _userStarts, _items, _frequencies) = (itemCount, userStarts, items, frequencies);
        _byItem = SparsePattern.PositionsByColumn(items.Span, itemCount);
        (_users, _inverseNorms) = (new int[_items.Length], new float[userStarts.Length - 1]);
        for (var user = 0; user < _inverseNorms.Length; user++)
        {
            var (from, to) = (userStarts.Span[user], userStarts.Span[user + 1]);
            _users.AsSpan(from..to).Fill(user);
            var norm = System.Numerics.Tensors.TensorPrimitives.Norm(frequencies.Span[from..to]);
            _inverseNorms[user] = norm > 0 ? 1 / norm : 0;
        }
    }

    public int ItemCount { get; }

    public static BasketNeighbours Train(InteractionLog log, TrainingRun run)
    {
        var (met, starts) = (new MetItems(log.ItemIds.Count), new int[log.UserIds.Count + 1]);
        var (items, frequencies) = (new List<int>(), new List<float>());
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            run.CancellationToken.ThrowIfCancellationRequested();
            met.Look(log, log.UserStarts[user], log.UserStarts[user + 1], byBasket: true);
            for (var place = 0; place < Math.Min(ItemsPerUser, met.Items.Length); place++)
            {
                items.Add(met.Items[place]);
                frequencies.Add((float)met.Meetings[place].Count / met.Baskets);
            }
            starts[user + 1] = items.Count;
        }
        return new BasketNeighbours(log.ItemIds.Count, starts, items.ToArray(), frequencies.ToArray());
    }

    public void Score(in ScoreQuery query, Span<float> scores)
    {
        scores.Clear();
        var scratch = _scratches.TryTake(out var idle) ? idle : new Scratch(this);
        var met = scratch.Met;
        met.Look(query.History, byBasket: true);
        for (var place = 0; place < met.Items.Length; place++)
            AddSimilarities(met.Items[place], met.Meetings[place].Count, scratch.Similarities);
        scratch.Similarities.OfferTo(scratch.Largest, _inverseNorms);
        var neighbours = scratch.Largest.Take(ref scratch.Nearest, ref scratch.Weights, 0);
        // Spans of a map are not for nothing: taken once, not for each neighbour.
        var starts = _userStarts.Span;
        var items = _items.Span;
        var frequencies = _frequencies.Span;
        for (var i = 0; i < neighbours; i++)
        {
            var weight = scratch.Weights[i];
            for (var at = starts[scratch.Nearest[i]]; at < starts[scratch.Nearest[i] + 1]; at++)
                scores[items[at]] += weight * frequencies[at];
        }
        _scratches.Add(scratch); // not after an exception: its sums would be in an unknown state
    }

    public void Write(ArtifactWriter writer, string prefix) =>
        writer.Tensor($"{prefix}.user_starts", _userStarts).Tensor($"{prefix}.items", _items).Tensor($"{prefix}.frequencies", _frequencies);

    /// <exception cref="ModelArtifactException">The tensors are missing or do not fit together.</exception>
    public static BasketNeighbours Read(ModelArtifact artifact, string prefix, int itemCount)
    {
        using var lease = artifact.Lease();
        var starts = artifact.Tensor<int>($"{prefix}.user_starts");
        var items = artifact.Tensor<int>($"{prefix}.items");
        var frequencies = artifact.Tensor<float>($"{prefix}.frequencies");
        return starts.Length > 0 && starts.Span[^1] == items.Length && items.Length == frequencies.Length
            && !items.Span.ContainsAnyExceptInRange(0, itemCount - 1)
            ? new BasketNeighbours(itemCount, starts, items, frequencies)
            : throw new ModelArtifactException($"The baskets '{prefix}' of the model artifact do not fit together.");
    }

    private void AddSimilarities(int item, float count, BlockSums similarities)
    {
        var positions = _byItem.Row(item);
        var frequencies = _frequencies.Span;
        foreach (var at in positions[^Math.Min(UsersPerItem, positions.Length)..])
            similarities.Add(_users[at], count * frequencies[at]);
    }

    /// <summary>What one call works with.</summary>
    private sealed class Scratch(BasketNeighbours owner)
    {
        public readonly MetItems Met = new(owner.ItemCount);
        public readonly BlockSums Similarities = new(owner._inverseNorms.Length);
        public readonly LargestEntries Largest = new(Neighbours);
        public int[] Nearest = [];
        public float[] Weights = [];
    }
}
