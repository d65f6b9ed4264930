using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// Draws negatives: uniformly without repetition, or a part of them by popularity (the item of a random interaction), with the correction that
/// makes the sum over the sample an estimate of the sum over the catalogue (Bengio, Senécal, 2008). All items when the sample is as
/// large as the catalogue: the full softmax.
/// </summary>
internal sealed class NegativeSampler
{
    private readonly InteractionLog _log;
    private readonly int[] _items;
    private readonly int[] _counts;
    private readonly double _popularShare;

    /// <param name="log">Interactions.</param>
    /// <param name="negatives">Negatives per sample.</param>
    /// <param name="popularShare">Share of the draws that go by popularity.</param>
    public NegativeSampler(InteractionLog log, int negatives, double popularShare)
    {
        _log = log;
        _counts = new int[log.ItemIds.Count];
        foreach (var item in log.Items)
            _counts[item]++;
        // Items that nobody has met are no negatives: they are never a positive either, and would only be pushed away from everybody.
        _items = [.. Enumerable.Range(0, _counts.Length).Where(item => _counts[item] > 0)];
        Size = Math.Min(negatives, _items.Length);
        _popularShare = Size == _items.Length ? 0 : popularShare;
    }

    /// <summary>Negatives of a sample, at most.</summary>
    public int Size { get; }

    /// <summary>Items that can be drawn.</summary>
    public int ItemCount => _items.Length;

    public bool IsFull => Size == _items.Length;

    public void Draw(ref SplitMix random, NegativeSample sample)
    {
        sample.Clear();
        if (IsFull)
        {
            foreach (var item in _items)
                sample.TryAdd(item);
            return;
        }
        if (_popularShare > 0)
        {
            DrawMixed(ref random, sample);
            return;
        }
        while (sample.Count < Size)
            sample.TryAdd(_items[random.Next(_items.Length)]);
        sample.Corrections.AsSpan(0, Size).Fill((float)Math.Log((double)_items.Length / Size));
    }

    private void DrawMixed(ref SplitMix random, NegativeSample sample)
    {
        for (var i = 0; i < Size; i++)
        {
            var item = random.NextDouble() < _popularShare ? _log.Items[random.Next(_log.Count)] : _items[random.Next(_items.Length)];
            sample.TryAdd(item);
            sample.Corrections[sample.PlaceOf(item)]++;
        }
        for (var i = 0; i < sample.Count; i++)
        {
            var expected = Size * ((1 - _popularShare) / _items.Length + _popularShare * _counts[sample.Items[i]] / _log.Count);
            sample.Corrections[i] = (float)Math.Log(sample.Corrections[i] / expected);
        }
    }
}
