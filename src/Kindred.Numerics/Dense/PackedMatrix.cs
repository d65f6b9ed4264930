namespace Kindred.Numerics.Dense;

/// <summary>
/// The right side of many products, packed once into the order in which <see cref="Gemm"/> reads it, for instance the item vectors.
/// </summary>
/// <remarks>
/// Takes rows·columns floats, columns rounded up to the width of a panel. Read by any number of threads; <see cref="Repack"/> wants it
/// alone.
/// </remarks>
public sealed unsafe class PackedMatrix
{
    private readonly float[] _buffer;
    private readonly int _start;

    /// <param name="matrix">Copied, shape [rows, columns].</param>
    /// <exception cref="ArgumentException">Packed it would have more than 2^31 floats.</exception>
    public PackedMatrix(MatrixView matrix)
        : this(matrix, Simd.Width)
    {
    }

    internal PackedMatrix(MatrixView matrix, SimdWidth width)
    {
        (Rows, Columns, Width) = (matrix.Rows, matrix.Columns, width);
        PanelWidth = Gemm.PanelWidth(width, Columns);
        var size = PanelPacking.Size(Rows, Columns, PanelWidth);
        if (size > Array.MaxLength - 16)
            throw new ArgumentException($"A matrix of {Rows} x {Columns} is too large to be packed.", nameof(matrix));
        _buffer = GC.AllocateUninitializedArray<float>((int)size + 16, pinned: true);
        fixed (float* buffer = _buffer)
            _start = (int)((float*)(((nint)buffer + 63) & -64) - buffer); // pinned, so the cache line stays where it is
        Repack(matrix);
    }

    public int Rows { get; }

    public int Columns { get; }

    internal SimdWidth Width { get; }

    internal int PanelWidth { get; }

    internal Span<float> Panels => _buffer.AsSpan(_start);

    /// <summary>Takes the values of a matrix of the same shape.</summary>
    /// <exception cref="ArgumentException">The shapes do not agree.</exception>
    public void Repack(MatrixView matrix)
    {
        Shapes.ThrowIfDifferent(matrix.Rows, Rows);
        Shapes.ThrowIfDifferent(matrix.Columns, Columns);
        fixed (float* source = matrix.Values)
        fixed (float* panels = Panels)
        {
            var target = panels;
            for (var row = 0; row < Rows; row += Gemm.Depth)
            {
                var deep = Math.Min(Gemm.Depth, Rows - row);
                PanelPacking.Pack(deep, Columns, source + (nint)row * matrix.RowStride, matrix.RowStride, matrix.ColumnStride, PanelWidth, target);
                target += PanelPacking.Size(deep, Columns, PanelWidth);
            }
        }
    }
}
