using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Kindred.Api.Authentication;

/// <summary>
/// Keys in memory for half a minute, so a request asks no grain; unknown ids for five seconds, so a stranger's guesses
/// reach the grains slowly. Both are bounded. A key that this process revokes is forgotten at once.
/// </summary>
internal sealed class AccessKeyCache(IAccessKeyStore store, AccessKeySecrets secrets, TimeProvider clock)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan AbsenceKeptFor = TimeSpan.FromSeconds(5);
    private const int MaxEntries = 16_384;
    private const int MaxIdLength = 128;

    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Entry> _absent = new(StringComparer.Ordinal);

    /// <returns>The key, revoked or expired ones included; null when there is none.</returns>
    public ValueTask<AccessKey?> FindAsync(string id)
    {
        if (id.Length > MaxIdLength || !id.All(IsIdCharacter)) return default;
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(id, out var entry) && now < entry.Until) return new(entry.Key);
        if (_absent.TryGetValue(id, out entry) && now < entry.Until) return default;
        return LoadAsync(id, now);
    }

    public void Forget(string id)
    {
        _known.TryRemove(id, out _);
        _absent.TryRemove(id, out _);
    }

    private async ValueTask<AccessKey?> LoadAsync(string id, DateTimeOffset now)
    {
        var found = await store.FindAsync(id);
        if (found is null)
        {
            Keep(_absent, id, new Entry(null, now + AbsenceKeptFor), now);
            return null;
        }

        var key = new AccessKey(found, secrets.Unprotect(id, found.State.ProtectedSecret));
        Keep(_known, id, new Entry(key, now + KeptFor), now);
        return key;
    }

    private static void Keep(ConcurrentDictionary<string, Entry> entries, string id, Entry entry, DateTimeOffset now)
    {
        if (entries.Count >= MaxEntries)
        {
            foreach (var (old, value) in entries)
            {
                if (value.Until <= now) entries.TryRemove(old, out _);
            }

            if (entries.Count >= MaxEntries) entries.Clear();
        }

        entries[id] = entry;
    }

    private static bool IsIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private readonly record struct Entry(AccessKey? Key, DateTimeOffset Until);
}
