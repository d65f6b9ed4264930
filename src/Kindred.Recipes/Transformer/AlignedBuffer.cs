using System.Runtime.CompilerServices;

namespace Kindred.Recipes.Transformer;

/// <summary>Floats that begin on a cache line: vector loads that straddle lines cost a tenth of an epoch.</summary>
internal sealed class AlignedBuffer
{
    private const int LineBytes = 64;
    private readonly float[] _array;
    private readonly int _start;

    public AlignedBuffer(long length)
    {
        Length = checked((int)length);
        _array = GC.AllocateArray<float>(checked(Length + LineBytes / sizeof(float)), pinned: true);
        unsafe
        {
            var misalignment = (int)((nuint)Unsafe.AsPointer(ref _array[0]) % LineBytes); // pinned: the address stays
            _start = misalignment == 0 ? 0 : (LineBytes - misalignment) / sizeof(float);
        }
    }

    public int Length { get; }
    public Span<float> Span => _array.AsSpan(_start, Length);
    public ReadOnlyMemory<float> Memory => _array.AsMemory(_start, Length);

    public Span<float> this[Range range] => Span[range];
}
