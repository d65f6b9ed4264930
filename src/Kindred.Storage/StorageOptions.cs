namespace Kindred.Storage;

/// <summary>Where a deployment keeps its data. Bound from <c>Kindred</c> and <c>Kindred:Storage</c> by the host.</summary>
public sealed class StorageOptions
{
    /// <summary>The folder that holds everything. One process at a time may use it.</summary>
    public string DataPath { get; set; } = "./data";

    /// <summary>An S3-compatible server for <c>s3://</c> locations; null keeps buckets as folders under <see cref="DataPath"/>.</summary>
    public S3Options? S3 { get; set; }

    /// <summary>
    /// Folders that <c>file://</c> locations may name; none by default. <c>{account}</c> in a root stands for the caller's
    /// account; a root without it is open to every tenant of the deployment.
    /// </summary>
    public IReadOnlyList<string> AllowedFileRoots { get; set; } = [];

    /// <summary>Largest object that an upload may have, in bytes. Default 10 GiB.</summary>
    public long MaxUploadBytes { get; set; } = 10L << 30;

    /// <summary>What one tenant may store in all, in bytes. Default 100 GiB.</summary>
    public long BytesPerTenant { get; set; } = 100L << 30;

    /// <summary>How much of the disk stays free, in bytes: below it nothing more is taken in. Default 512 MiB.</summary>
    public long KeptFreeBytes { get; set; } = 512L << 20;

    /// <summary>
    /// What the different ids of a dataset may take in memory while an import builds its snapshot, in bytes. Default: an eighth of the
    /// process's memory, at least 256 MiB.
    /// </summary>
    public long ImportMemoryBytes { get; set; } = Math.Max(256L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8);

    /// <summary>The share of an import's rows that may be refused before the job fails, 0..1. Default 0.01.</summary>
    public double MaxRefusedShare { get; set; } = 0.01;

    /// <summary>How long entries of the audit trail are kept. Default 400 days.</summary>
    public TimeSpan AuditKeptFor { get; set; } = TimeSpan.FromDays(400);

    /// <summary>How long counts of what tenants used are kept. Default 400 days.</summary>
    public TimeSpan UsageKeptFor { get; set; } = TimeSpan.FromDays(400);

    /// <summary>Absolute path of the data folder.</summary>
    public string Root => Path.GetFullPath(DataPath);
}
