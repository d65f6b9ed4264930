namespace Kindred.Recipes.Transformer;

/// <summary>Derivatives of item vectors inside a matrix: a row per item, or a row per item that a step touches.</summary>
/// <param name="values">Row-major, shape [rows, width].</param>
/// <param name="rowOf">Row of each item; empty = the item's own code.</param>
/// <param name="width">Floats per vector.</param>
internal readonly ref struct ItemGradients(Span<float> values, ReadOnlySpan<int> rowOf, int width)
{
    private readonly Span<float> _values = values;
    private readonly ReadOnlySpan<int> _rowOf = rowOf;

    public Span<float> this[int item] => _values.Slice((_rowOf.IsEmpty ? item : _rowOf[item]) * width, width);
}
