using System.Collections.Concurrent;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;

namespace Kindred.Storage.Quotas;

/// <summary>
/// How much of the data folder's disk a tenant may take up: uploads, segments, snapshots, models, logs, reports together. And some of the
/// disk stays free, so that what was acknowledged can still be moved about when it is nearly full.
/// </summary>
/// <param name="standings">Says which tenants have a quota of their own; null where none has.</param>
public sealed class StorageQuota(StorageOptions options, TimeProvider clock, ITenantStandings? standings = null)
{
    private static readonly TimeSpan CountedFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FreeKnownFor = TimeSpan.FromSeconds(2);
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true,
    };

    private readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);
    private long _freeBytes = long.MaxValue;
    private long _freeAskedAt = long.MinValue;

    /// <summary>Before something is stored that may be large. Counts what the tenant has now.</summary>
    /// <param name="bytes">How much is to come, as far as that is known.</param>
    /// <returns>Bytes that the tenant may still store.</returns>
    /// <exception cref="RefusedException">LimitExceeded: the tenant has as much as it may. ServiceUnavailable: the disk is full.</exception>
    public long Require(string account, long bytes)
    {
        ThrowIfDiskIsFull(bytes);
        var count = _counts.GetOrAdd(account, static _ => new Count());
        var left = MostOf(account) - Recount(account, count);
        return left > bytes ? left : throw Refused(account);
    }

    /// <summary>
    /// Before something small is stored, as often as a client likes: by what was counted half a minute ago. Nobody waits for a count.
    /// </summary>
    /// <inheritdoc cref="Require" path="/exception"/>
    public void Check(string account)
    {
        ThrowIfDiskIsFull(0);
        var count = _counts.GetOrAdd(account, static _ => new Count());
        if (Volatile.Read(ref count.Bytes) >= MostOf(account)) throw Refused(account);
        if (clock.GetElapsedTime(Volatile.Read(ref count.CountedAt)) < CountedFor || Interlocked.Exchange(ref count.IsCounting, 1) == 1) return;
        _ = Task.Run(() =>
        {
            try
            {
                Recount(account, count);
            }
            finally
            {
                Volatile.Write(ref count.IsCounting, 0);
            }
        });
    }

    private long MostOf(string account) => standings?.QuotasOf(account).StoredBytes ?? options.BytesPerTenant;

    private long Recount(string account, Count count)
    {
        var bytes = 0L;
        foreach (var kind in new DirectoryInfo(options.Root) is { Exists: true } root ? root.EnumerateDirectories() : [])
        {
            var own = new DirectoryInfo(Path.Combine(kind.FullName, account));
            if (own.Exists) bytes += own.EnumerateFiles("*", Everything).Sum(SizeOf);
        }
        Volatile.Write(ref count.Bytes, bytes);
        Volatile.Write(ref count.CountedAt, clock.GetTimestamp());
        return bytes;
    }

    private static long SizeOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0; // removed meanwhile
        }
    }

    private void ThrowIfDiskIsFull(long bytes)
    {
        var asked = Volatile.Read(ref _freeAskedAt);
        if (asked == long.MinValue || clock.GetElapsedTime(asked) > FreeKnownFor)
        {
            Volatile.Write(ref _freeBytes, FreeBytes());
            Volatile.Write(ref _freeAskedAt, clock.GetTimestamp());
        }
        if (Volatile.Read(ref _freeBytes) - bytes >= options.KeptFreeBytes) return;
        throw new RefusedException(RefusalCode.ServiceUnavailable,
            "The disk of this deployment is full: nothing is taken in until its operator has made room. What was acknowledged is safe.");
    }

    private long FreeBytes()
    {
        try
        {
            return new DriveInfo(options.Root).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return long.MaxValue; // a file system that does not tell; writes will say
        }
    }

    private RefusedException Refused(string account) => new(RefusalCode.LimitExceeded,
        $"The account {account} stores as much as it may: {MostOf(account)} bytes. "
        + "Delete objects, datasets or solutions that are not needed any more.");

    private sealed class Count
    {
        public long Bytes;
        public long CountedAt;
        public int IsCounting;
    }
}
