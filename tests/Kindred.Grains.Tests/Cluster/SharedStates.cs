using System.Collections.Concurrent;
using System.Globalization;
using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Orleans.Storage;

namespace Kindred.Grains.Tests.Cluster;

/// <summary>
/// The database of two silos, in memory: grain states with optimistic concurrency, and the catalogue over them. States are immutable
/// records, so they are kept as they are.
/// </summary>
internal sealed class SharedStates : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>, IResourceCatalog, IAccessKeyCatalog
{
    private readonly ConcurrentDictionary<(string StateName, string Key), Row> _rows = new();
    private long _writes;

    /// <summary>Has nothing to open; a silo asks every storage that was registered with a name.</summary>
    public void Participate(ISiloLifecycle observer)
    {
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = _rows.TryGetValue(Place(stateName, grainId), out var row);
        grainState.RecordExists = found;
        grainState.ETag = found ? row!.ETag : null;
        if (found) grainState.State = (T)row!.State;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (place, next) = (Place(stateName, grainId), new Row(grainState.State!, NewETag()));
        var written = grainState.ETag is { } before
            ? _rows.TryGetValue(place, out var row) && row.ETag == before && _rows.TryUpdate(place, next, row)
            : _rows.TryAdd(place, next);
        if (!written) throw new InconsistentStateException($"Another silo wrote {place} first.");
        (grainState.ETag, grainState.RecordExists) = (next.ETag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var place = Place(stateName, grainId);
        if (_rows.TryGetValue(place, out var row) && (row.ETag != grainState.ETag || !_rows.TryRemove(KeyValuePair.Create(place, row))))
            throw new InconsistentStateException($"Another silo wrote {place} first.");
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<CatalogEntry<TState>>> ScanAsync<TState>(
        string stateName, string keyPrefix, string? afterKey, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CatalogEntry<TState>>>(
        [
            .. _rows.Where(row => row.Key.StateName == stateName && row.Key.Key.StartsWith(keyPrefix, StringComparison.Ordinal))
                .Where(row => afterKey is null || string.CompareOrdinal(row.Key.Key, afterKey) > 0)
                .OrderBy(row => row.Key.Key, StringComparer.Ordinal)
                .Take(limit)
                .Select(row => new CatalogEntry<TState>(row.Key.Key, (TState)row.Value.State)),
        ]);

    public async Task<IReadOnlyList<CatalogEntry<AccessKeyState>>> ListAsync(
        string account, string? afterId, int limit, CancellationToken cancellationToken)
    {
        var all = await ScanAsync<AccessKeyState>(StateNames.AccessKey, "", afterId, int.MaxValue, cancellationToken);
        return [.. all.Where(key => key.State.Account == account).Take(limit)];
    }

    private string NewETag() => Interlocked.Increment(ref _writes).ToString(CultureInfo.InvariantCulture);

    private static (string StateName, string Key) Place(string stateName, GrainId grainId) => (stateName, grainId.Key.ToString()!);

    private sealed record Row(object State, string ETag);
}
