using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace Kindred.Recipes.Interactions;

/// <summary>
/// Values outside of the collected heap. A training that reads a hundred million of them makes no work for the collector while others
/// are served, and gives the memory back the moment it is done with it.
/// </summary>
/// <remarks>A chunk that nobody disposed of is given back by its finalizer. Who holds a span keeps the chunk alive.</remarks>
internal sealed unsafe class NativeChunk<T> : CriticalFinalizerObject, IDisposable where T : unmanaged
{
    private readonly int _length;
    private T* _values;

    /// <param name="length">Values, at least one.</param>
    /// <param name="filling">What each is at first.</param>
    /// <exception cref="OutOfMemoryException">The system has no memory left.</exception>
    public NativeChunk(int length, T filling)
    {
        _length = length;
        _values = (T*)NativeMemory.Alloc((nuint)length, (nuint)sizeof(T));
        Values.Fill(filling);
    }

    ~NativeChunk() => Free();

    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public Span<T> Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(_values is null, this);
            return new Span<T>(_values, _length);
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(_values);
        _values = null;
    }
}
