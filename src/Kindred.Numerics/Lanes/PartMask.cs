using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kindred.Numerics.Lanes;

/// <summary>Masks that select the first lanes of a register.</summary>
internal static class PartMask
{
    private static ReadOnlySpan<int> Bits =>
        [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <param name="count">0 to 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of512(int count) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(Bits), (nuint)(16 - count)).AsSingle();

    /// <param name="count">0 to 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of256(int count) => Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(Bits), (nuint)(16 - count)).AsSingle();
}
