namespace Kindred.Serving.Caching;

/// <summary>
/// Something mapped or open that many requests read. It is closed once its owner has retired it and the last reader has
/// left, whichever comes later; so a file in use is never unmapped.
/// </summary>
internal sealed class Shared<T>(T value, Action<T> close) where T : class
{
    // The owner counts as one. 0 means closed, and nothing comes back from 0.
    private int _holders = 1;
    private int _retired;

    /// <summary>For the owner's own bookkeeping; a reader borrows instead.</summary>
    public T Value => value;

    public bool IsBorrowed => Volatile.Read(ref _holders) > 1;

    /// <returns>False when it is closed already: look up its successor.</returns>
    public bool TryBorrow(out Borrowed<T> borrowed)
    {
        var holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                borrowed = new Borrowed<T>(this);
                return true;
            }
            holders = seen;
        }
        borrowed = default;
        return false;
    }

    /// <summary>The owner lets go. Calling it again does nothing.</summary>
    public void Retire()
    {
        if (Interlocked.Exchange(ref _retired, 1) == 0) Leave();
    }

    internal void Leave()
    {
        if (Interlocked.Decrement(ref _holders) == 0) close(value);
    }
}

/// <summary>One reader's hold on a <see cref="Shared{T}"/>. Dispose it exactly once.</summary>
internal readonly struct Borrowed<T>(Shared<T> shared) : IDisposable where T : class
{
    public T Value => shared.Value;
    public void Dispose() => shared.Leave();
}
