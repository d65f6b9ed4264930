namespace Kindred.Storage.State;

/// <summary>
/// Lets one write in at a time. SQLite has one writer anyway; without the queue the others sleep and retry on thread-pool
/// threads, in no order, and some of 64 wait for seconds.
/// </summary>
internal sealed class WriterQueue : IDisposable
{
    // Asynchronous waiters of a SemaphoreSlim are served in the order in which they came.
    private readonly SemaphoreSlim _free = new(1, 1);

    /// <summary>Waits for the turn. Disposing the turn ends it.</summary>
    /// <remarks>Callers leave the grain's scheduler: the next writer must not wait until this grain gets its next turn.</remarks>
    public async ValueTask<Turn> EnterAsync()
    {
        await _free.WaitAsync().ConfigureAwait(false);
        return new Turn(_free);
    }

    public void Dispose() => _free.Dispose();

    internal readonly struct Turn(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
