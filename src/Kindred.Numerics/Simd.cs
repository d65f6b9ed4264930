using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kindred.Numerics;

/// <summary>How many floats the kernels work on at once.</summary>
internal enum SimdWidth
{
    /// <summary>One float: any processor.</summary>
    Scalar = 1,

    /// <summary>8 floats: AVX2 with FMA.</summary>
    Vector256 = 8,

    /// <summary>16 floats: AVX-512.</summary>
    Vector512 = 16,
}

/// <summary>The one switch between the widths; every kernel asks here.</summary>
internal static class Simd
{
    /// <summary>The widest that this processor works on in hardware; a constant once compiled.</summary>
    public static SimdWidth Width =>
        Vector512.IsHardwareAccelerated ? SimdWidth.Vector512
        : Vector256.IsHardwareAccelerated && Fma.IsSupported ? SimdWidth.Vector256
        : SimdWidth.Scalar;
}
