using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using BitFaster.Caching.Lru;
using Kindred.Contracts.Access;
using Kindred.Contracts.Telemetry;
using Microsoft.Extensions.Logging;

namespace Kindred.Api.Authentication;

/// <summary>
/// Keys in memory for half a minute, so a request asks no grain; unknown ids for five seconds, so a stranger's guesses
/// reach the grains slowly. Both are bounded, apart from each other: guesses push out guesses, never keys. A key that this process
/// revokes is forgotten at once.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing to give back.")]
internal sealed partial class AccessKeyCache(
    IAccessKeyStore store, AccessKeySecrets secrets, AccessKeyUse use, TimeProvider clock, ILogger<AccessKeyCache> logger)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan AbsenceKeptFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ListedFor = TimeSpan.FromSeconds(10);
    private static readonly CacheMetrics Lookups = CacheMetrics.Of("keys");
    internal const int MostEntries = 16_384;
    private const int MaxIdLength = 128;
    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // The library's own expiry reads the machine's clock; ours is the host's, so entries say themselves how long they are good.
    private readonly ConcurrentLru<string, Entry> _known = new(Environment.ProcessorCount, MostEntries, StringComparer.Ordinal);
    private readonly ConcurrentLru<string, Entry> _absent = new(Environment.ProcessorCount, MostEntries, StringComparer.Ordinal);
    private int _forgotten;

    private readonly SemaphoreSlim _listing = new(1, 1);
    private volatile Listed? _listed;

    /// <returns>The key, revoked or expired ones included; null when there is none.</returns>
    public ValueTask<AccessKey?> FindAsync(string id)
    {
        if (id.Length > MaxIdLength || id.AsSpan().ContainsAnyExcept(IdCharacters)) return default;
        var now = clock.GetUtcNow();
        var isHeld = (_known.TryGet(id, out var entry) && now < entry.Until) || (_absent.TryGet(id, out entry) && now < entry.Until);
        if (isHeld)
        {
            Lookups.Hit();
            return new(entry.Key);
        }
        Lookups.Miss();
        return LoadAsync(id, now);
    }

    /// <summary>
    /// Whether the key is in use here, or was among all keys when they were listed last, ten seconds ago at most: what is asked of ids while
    /// many are made up, because a list costs the same for any number of them.
    /// </summary>
    public async ValueTask<bool> MayExistAsync(string id)
    {
        if (_known.TryGet(id, out _)) return true;
        var listed = _listed;
        if (listed is null || clock.GetUtcNow() >= listed.Until) listed = await ListAsync(listed);
        return listed.Ids.Contains(id);
    }

    public void Forget(string id)
    {
        Interlocked.Increment(ref _forgotten);
        _known.TryRemove(id);
        _absent.TryRemove(id);
    }

    private async Task<Listed> ListAsync(Listed? known)
    {
        // One lists; whoever comes meanwhile goes by the list from before, if there is one.
        if (known is not null && !_listing.Wait(0)) return known;
        if (known is null) await _listing.WaitAsync();
        try
        {
            if (_listed is { } newer && newer != known) return newer;
            var ids = new HashSet<string>(StringComparer.Ordinal);
            await foreach (var key in store.AllAsync(CancellationToken.None)) ids.Add(key.Id);
            return _listed = new Listed(ids, clock.GetUtcNow() + ListedFor);
        }
        finally
        {
            _listing.Release();
        }
    }

    private async ValueTask<AccessKey?> LoadAsync(string id, DateTimeOffset now)
    {
        var forgotten = Volatile.Read(ref _forgotten);
        var found = await store.FindAsync(id);
        var key = found is null ? null : Open(found);
        var entries = key is null ? _absent : _known;
        entries.AddOrUpdate(id, new Entry(key, now + (key is null ? AbsenceKeptFor : KeptFor)));
        // Something was forgotten while the grain was asked: what it said may be from before, so nobody else is told.
        if (forgotten != Volatile.Read(ref _forgotten)) entries.TryRemove(id);
        return key;
    }

    /// <summary>A key whose secret does not open is no key: it was copied or changed behind the door's back, or the key ring is another.</summary>
    private AccessKey? Open(AccessKeyDescription found)
    {
        try
        {
            return new AccessKey(found, secrets.Unprotect(found.Id, found.State), use.Of(found.Id));
        }
        catch (CryptographicException failure)
        {
            LogDoesNotOpen(failure, found.Id);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The secret of access key {AccessKeyId} does not open: its row was changed, or the folder 'keys' is another deployment's")]
    private partial void LogDoesNotOpen(Exception failure, string accessKeyId);

    private sealed record Listed(HashSet<string> Ids, DateTimeOffset Until);

    private readonly record struct Entry(AccessKey? Key, DateTimeOffset Until);
}
