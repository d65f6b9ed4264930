using System.Security.Cryptography;
using BitFaster.Caching.Lru;
using Kindred.Contracts.Access;
using Microsoft.Extensions.Logging;

namespace Kindred.Api.Authentication;

/// <summary>
/// Keys in memory for half a minute, so a request asks no grain; unknown ids for five seconds, so a stranger's guesses
/// reach the grains slowly. Both are bounded, apart from each other: guesses push out guesses, never keys. A key that this process
/// revokes is forgotten at once.
/// </summary>
internal sealed partial class AccessKeyCache(
    IAccessKeyStore store, AccessKeySecrets secrets, TimeProvider clock, ILogger<AccessKeyCache> logger)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan AbsenceKeptFor = TimeSpan.FromSeconds(5);
    internal const int MostEntries = 16_384;
    private const int MaxIdLength = 128;

    // The library's own expiry reads the machine's clock; ours is the host's, so entries say themselves how long they are good.
    private readonly ConcurrentLru<string, Entry> _known = new(Environment.ProcessorCount, MostEntries, StringComparer.Ordinal);
    private readonly ConcurrentLru<string, Entry> _absent = new(Environment.ProcessorCount, MostEntries, StringComparer.Ordinal);
    private int _forgotten;

    /// <returns>The key, revoked or expired ones included; null when there is none.</returns>
    public ValueTask<AccessKey?> FindAsync(string id)
    {
        if (id.Length > MaxIdLength || !id.All(IsIdCharacter)) return default;
        var now = clock.GetUtcNow();
        if (_known.TryGet(id, out var entry) && now < entry.Until) return new(entry.Key);
        if (_absent.TryGet(id, out entry) && now < entry.Until) return default;
        return LoadAsync(id, now);
    }

    /// <summary>Whether the key has been in use here lately.</summary>
    public bool HasSeen(string id) => _known.TryGet(id, out _);

    public void Forget(string id)
    {
        Interlocked.Increment(ref _forgotten);
        _known.TryRemove(id);
        _absent.TryRemove(id);
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
            return new AccessKey(found, secrets.Unprotect(found.Id, found.State));
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

    private static bool IsIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private readonly record struct Entry(AccessKey? Key, DateTimeOffset Until);
}
