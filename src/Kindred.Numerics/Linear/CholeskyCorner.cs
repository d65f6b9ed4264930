namespace Kindred.Numerics.Linear;

/// <summary>The factor of four rows and columns on the diagonal, with the reciprocals of its pivots.</summary>
internal readonly record struct CholeskyCorner(
    float Scale0, float Scale1, float Scale2, float Scale3, float U01, float U02, float U03, float U12, float U13, float U23)
{
    /// <param name="a">The first of the four on the diagonal; what is above them is eliminated already.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="corner">The factor.</param>
    /// <returns>The first pivot that is not positive, 0 to 3, or -1 when there is none.</returns>
    public static unsafe int TryFactor(float* a, nint stride, out CholeskyCorner corner)
    {
        corner = default;
        if (!TryScale(a[0], out var scale0))
            return 0;
        var (u01, u02, u03) = (a[1] * scale0, a[2] * scale0, a[3] * scale0);
        a += stride;
        if (!TryScale(MathF.FusedMultiplyAdd(-u01, u01, a[1]), out var scale1))
            return 1;
        var (u12, u13) = (MathF.FusedMultiplyAdd(-u01, u02, a[2]) * scale1, MathF.FusedMultiplyAdd(-u01, u03, a[3]) * scale1);
        a += stride;
        if (!TryScale(MathF.FusedMultiplyAdd(-u12, u12, MathF.FusedMultiplyAdd(-u02, u02, a[2])), out var scale2))
            return 2;
        var u23 = MathF.FusedMultiplyAdd(-u12, u13, MathF.FusedMultiplyAdd(-u02, u03, a[3])) * scale2;
        a += stride;
        if (!TryScale(MathF.FusedMultiplyAdd(-u23, u23, MathF.FusedMultiplyAdd(-u13, u13, MathF.FusedMultiplyAdd(-u03, u03, a[3]))), out var scale3))
            return 3;
        corner = new CholeskyCorner(scale0, scale1, scale2, scale3, u01, u02, u03, u12, u13, u23);
        return -1;
    }

    /// <returns>Whether the pivot is positive and finite.</returns>
    public static bool TryScale(float pivot, out float scale)
    {
        scale = 1 / MathF.Sqrt(pivot);
        return pivot > 0 && float.IsFinite(pivot);
    }
}
