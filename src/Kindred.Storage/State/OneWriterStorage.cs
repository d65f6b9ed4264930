using Orleans.Runtime;
using Orleans.Storage;

namespace Kindred.Storage.State;

/// <summary>
/// The storage "Default": AdoNet on SQLite behind a queue that lets one write in at a time. SQLite has one writer anyway;
/// without the queue the others sleep and retry on thread-pool threads, in no order, and 64 of them wait for seconds.
/// Reads do not queue: in WAL mode they never wait for a writer.
/// </summary>
internal sealed class OneWriterStorage(IGrainStorage inner) : IGrainStorage, IDisposable
{
    // Asynchronous waiters of a SemaphoreSlim are served in the order in which they came.
    private readonly SemaphoreSlim _writer = new(1, 1);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ReadStateAsync(stateName, GrainKeyText.ToStored(grainId), grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // Leaving the grain's scheduler matters: the next writer must not wait until this grain gets its next turn.
        await _writer.WaitAsync().ConfigureAwait(false);
        try
        {
            await inner.WriteStateAsync(stateName, GrainKeyText.ToStored(grainId), grainState).ConfigureAwait(false);
        }
        finally
        {
            _writer.Release();
        }
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await _writer.WaitAsync().ConfigureAwait(false);
        try
        {
            await inner.ClearStateAsync(stateName, GrainKeyText.ToStored(grainId), grainState).ConfigureAwait(false);
        }
        finally
        {
            _writer.Release();
        }
    }

    public void Dispose() => _writer.Dispose();
}
