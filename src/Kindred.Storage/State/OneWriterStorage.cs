using Orleans.Storage;

namespace Kindred.Storage.State;

/// <summary>
/// The storage "Default": AdoNet on SQLite behind the <see cref="WriterQueue"/>, under keys that are always text. Reads do
/// not queue: in WAL mode they never wait for a writer.
/// </summary>
internal sealed class OneWriterStorage(IGrainStorage inner, WriterQueue writers) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ReadStateAsync(stateName, GrainKeyText.ToStored(grainId), grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        using var turn = await writers.EnterAsync().ConfigureAwait(false);
        await inner.WriteStateAsync(stateName, GrainKeyText.ToStored(grainId), grainState).ConfigureAwait(false);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        using var turn = await writers.EnterAsync().ConfigureAwait(false);
        await inner.ClearStateAsync(stateName, GrainKeyText.ToStored(grainId), grainState).ConfigureAwait(false);
    }
}
