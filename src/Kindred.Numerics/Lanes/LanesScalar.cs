using System.Runtime.CompilerServices;

namespace Kindred.Numerics.Lanes;

/// <summary>Any processor: one float at a time. A part of a single lane is nothing.</summary>
internal readonly unsafe struct LanesScalar : ILanes<float>
{
    /// <summary>Bits of √½.</summary>
    internal const int RootOfHalf = 0x3f3504f3;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* source) => *source;

    public static float LoadPart(float* source, int count) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float value, float* target) => *target = value;

    public static void StorePart(float value, float* target, int count)
    {
    }

    public static float First(float value, int count) => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Broadcast(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float x, float y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float x, float y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float x, float y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float x, float y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float x, float y, float z) => MathF.FusedMultiplyAdd(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SquareRoot(float value) => MathF.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(float x, float y) => x > y ? x : y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SelectLess(float x, float y, float less, float otherwise) => x < y ? less : otherwise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float HalfPowerOfTwo(float shifted) => BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(shifted) + 126) << 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exponent(float value) => (BitConverter.SingleToInt32Bits(value) - RootOfHalf) >> 23;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Mantissa(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        return BitConverter.Int32BitsToSingle(bits - ((bits - RootOfHalf) & (-1 << 23)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest(float value) => value;
}
