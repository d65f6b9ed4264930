using Kindred.Numerics.Sparse;

namespace Kindred.Recipes.Personalization.Signals;

/// <summary>What a thread needs while it scores: reused from history to history.</summary>
internal sealed class SignalScratch(int itemCount)
{
    private float[]? _dense;
    private float[][]? _columns;
    private MetItems? _met;
    private LaneSums? _lanes;

    public RowAccumulator Sums { get; } = new(itemCount);

    public LaneSums Lanes => _lanes ??= new LaneSums(itemCount);

    /// <summary>Shape [items]; contents undefined.</summary>
    public float[] Dense => _dense ??= new float[itemCount];

    /// <summary>One row of scores per signal, shape [at least count][items]; contents undefined.</summary>
    public float[][] Columns(int count)
    {
        if (_columns is null || _columns.Length < count)
            _columns = [.. Enumerable.Range(0, count).Select(_ => new float[itemCount])];
        return _columns;
    }

    public MetItems Met => _met ??= new MetItems(itemCount);
}
