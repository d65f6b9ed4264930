namespace Kindred.Recipes.Transformer;

/// <summary>The negatives that the positions of a micro-batch share, without repetition, and the correction of each one's logit.</summary>
internal sealed class NegativeSample
{
    private readonly int[] _placeOf; // 1 + place of the item in the sample, 0 = not in it

    /// <param name="capacity">Most negatives.</param>
    /// <param name="itemCount">Items of the catalogue.</param>
    public NegativeSample(int capacity, int itemCount)
    {
        Items = new int[capacity];
        Corrections = new float[capacity];
        _placeOf = new int[itemCount];
    }

    public int[] Items { get; }

    /// <summary>Added to the logits, shape [Count]: minus the logarithm of how often the item is expected in a sample.</summary>
    public float[] Corrections { get; }

    public int Count { get; private set; }

    /// <summary>Place of an item in the sample, or -1.</summary>
    public int PlaceOf(int item) => _placeOf[item] - 1;

    public void Clear()
    {
        foreach (var item in Items.AsSpan(0, Count))
            _placeOf[item] = 0;
        Count = 0;
    }

    /// <summary>Adds an item; what it is drawn again counts in its correction.</summary>
    /// <returns>Whether it is new in the sample.</returns>
    public bool TryAdd(int item)
    {
        if (_placeOf[item] != 0)
            return false;
        Items[Count] = item;
        Corrections[Count] = 0;
        _placeOf[item] = ++Count;
        return true;
    }
}
