namespace Kindred.Serving;

/// <summary>Settings of the hot path. The defaults suit a machine of any size, from 2 cores and 1 GiB.</summary>
public sealed class ServingOptions
{
    /// <summary>
    /// How many bytes of model artifacts stay mapped when they are not in use; models in use stay mapped beyond it. They are the kernel's
    /// cache, not memory of our own; but opening one again reads it whole, so that two large ones that took turns would cost every request
    /// their checksums. Default: half of the memory that the process may use, at least 512 MiB.
    /// </summary>
    public long ModelCacheBytes { get; set; } = Math.Max(512L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>
    /// Memory of scores that are kept for users who ask again, of all models together; 0 keeps none. Default: a thirty-second of the memory that the
    /// process may use, 32 to 512 MiB.
    /// </summary>
    public long ScoreCacheBytes { get; set; } = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 32, 32L << 20, 512L << 20);

    /// <summary>
    /// How old may be what serving knows of a campaign, a tracker or a dataset group before whoever uses it has it asked for again.
    /// So long may a change go unseen whose announcement was lost. Default 30 s.
    /// </summary>
    public TimeSpan AnswerLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long such knowledge is served while its owner cannot be asked. Default 5 min.</summary>
    public TimeSpan AnswerLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Streamed records of a dataset group whose memory makes them be compacted early, in bytes. Default 32 MiB.
    /// </summary>
    public long CompactAboveLiveBytes { get; set; } = 32L << 20;

    /// <summary>Memory of one tenant's streamed records beyond which no more are taken in before a compaction. Default 128 MiB.</summary>
    public long MaxLiveBytesPerTenant { get; set; } = 128L << 20;

    /// <summary>Likewise, of all tenants together. Default: an eighth of the memory that the process may use, at least 256 MiB.</summary>
    public long MaxLiveBytes { get; set; } = Math.Max(256L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8);

    /// <summary>Most things held per directory; those asked for longest ago make room. Default 10,000.</summary>
    public int MaxAnswers { get; set; } = 10_000;

    /// <summary>How long "there is no such campaign" is believed without asking again. Default 2 s.</summary>
    public TimeSpan AbsenceLifetime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Most absent names remembered per directory. Default 10,000.</summary>
    public int MaxAbsences { get; set; } = 10_000;
}
