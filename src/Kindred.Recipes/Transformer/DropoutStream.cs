using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kindred.Recipes.Transformer;

/// <summary>Eight xorshift32 generators (Marsaglia, 2003) side by side, that say which of eight neighbours are kept.</summary>
internal struct DropoutStream
{
    private Vector256<uint> _state;
    private readonly Vector256<int> _limit;

    public DropoutStream(ref SplitMix seeds, double rate)
    {
        for (var lane = 0; lane < Vector256<uint>.Count; lane++)
            _state = _state.WithElement(lane, (uint)(seeds.Next() >> 32) | 1u);
        Rate = rate;
        Scale = (float)(1 / (1 - rate));
        _limit = Vector256.Create((int)(rate * int.MaxValue) - 1);
    }

    public double Rate { get; }

    /// <summary>What kept activations are multiplied by, so that the expectation stays.</summary>
    public float Scale { get; }

    /// <summary>All bits set where the activation is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> NextKept()
    {
        var s = _state;
        s ^= s << 13;
        s ^= s >>> 17;
        s ^= s << 5;
        _state = s;
        return Vector256.GreaterThan((s >>> 1).AsInt32(), _limit).AsSingle();
    }
}
