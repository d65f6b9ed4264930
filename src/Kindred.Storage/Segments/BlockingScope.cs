namespace Kindred.Storage.Segments;

/// <summary>
/// Lets synchronous code wait for an asynchronous library without deadlock: inside it no continuation comes back to the
/// waiting thread, whatever synchronization context that thread has (a job's thread has one).
/// </summary>
internal readonly struct BlockingScope : IDisposable
{
    private readonly SynchronizationContext? _before;

    private BlockingScope(SynchronizationContext? before) => _before = before;

    public static BlockingScope Enter()
    {
        var scope = new BlockingScope(SynchronizationContext.Current);
        SynchronizationContext.SetSynchronizationContext(null);
        return scope;
    }

    public void Dispose() => SynchronizationContext.SetSynchronizationContext(_before);
}
