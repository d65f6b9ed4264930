namespace Kindred.Numerics.Linear;

/// <summary>The twin of <see cref="NormalEquations"/>: one product after the other, in double precision.</summary>
public static class NormalEquationsReference
{
    /// <inheritdoc cref="NormalEquations.Add(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float}, Span{float}, Span{float})"/>
    public static void Add(ReadOnlySpan<float> rows, ReadOnlySpan<int> chosen, ReadOnlySpan<float> weights, Span<double> matrix, Span<double> right)
    {
        var width = right.Length;
        for (var n = 0; n < chosen.Length; n++)
        {
            var row = rows.Slice(chosen[n] * width, width);
            for (var i = 0; i < width; i++)
            {
                right[i] += (double)weights[n] * row[i];
                for (var j = i; j < width; j++)
                    matrix[i * width + j] += (double)weights[n] * row[i] * row[j];
            }
        }
    }
}
