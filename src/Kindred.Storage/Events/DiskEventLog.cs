using System.Collections.Concurrent;
using Kindred.Contracts.Arns;
using Kindred.Files;
using Kindred.Storage.Durability;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kindred.Storage.Events;

/// <summary>Logs in <c>{data}/events/{account}/{group}/</c>, each opened on first use.</summary>
internal sealed class DiskEventLog : IEventLog, IAsyncDisposable, IDisposable
{
    private const long DefaultRollAtBytes = 64 << 20;
    private const int DefaultMaxOpenFiles = 256;

    // Beside the folder of logs and not in it: were the whole folder lost, it must not look like one from before there was a mark.
    private const string FormatFile = "events.format";
    // 1, without a file: a log is made by its first record. 2: a log is made with its group.
    private const int Format = 2;

    private readonly ConcurrentDictionary<string, GroupLog> _logs = new(StringComparer.Ordinal);
    private readonly string _dataRoot;
    private readonly Func<string, ILogFile> _open;
    private readonly long _rollAtBytes;
    private readonly int _maxOpenFiles;
    private readonly UnknownRecords _unknown;

    public DiskEventLog(StorageOptions options, ILogger<DiskEventLog>? logger = null)
        : this(options.Root, static path => new DiskLogFile(path), logger: logger)
    {
    }

    internal DiskEventLog(
        string dataRoot, Func<string, ILogFile> open, long rollAtBytes = DefaultRollAtBytes, int maxOpenFiles = DefaultMaxOpenFiles,
        ILogger? logger = null) =>
        (_dataRoot, _open, _rollAtBytes, _maxOpenFiles, _unknown) =
        (dataRoot, open, rollAtBytes, maxOpenFiles, new UnknownRecords(logger ?? NullLogger.Instance));

    public long PassedOver => _unknown.Count;

    public Task CreateAsync(Arn datasetGroup, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var folder = FolderOf(datasetGroup);
            if (folder.List().Count == 0) folder.Create(0);
        },
        cancellationToken);

    public ValueTask<long> AppendAsync(Arn datasetGroup, IReadOnlyList<StreamedRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentOutOfRangeException.ThrowIfZero(records.Count);
        cancellationToken.ThrowIfCancellationRequested();
        var log = LogOf(datasetGroup);
        if (!log.HoldsHandle) ReleaseIdle();
        return new ValueTask<long>(log.AppendAsync(Frame.Of(records), records.Count));
    }

    public Task ReadAsync(Arn datasetGroup, long fromPosition, RecordVisitor visit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visit);
        // A thread of its own: reading waits for the disk, and a visitor computes; neither is for a turn or for the pool.
        return Task.Factory.StartNew(
            () => LogOf(datasetGroup).Read(fromPosition, visit, cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
    }

    public ValueTask<long> EndPositionAsync(Arn datasetGroup, CancellationToken cancellationToken)
    {
        var log = LogOf(datasetGroup);
        return log.KnownEnd is { } end ? new(end) : new(Task.Run(log.RecoveredEnd, cancellationToken));
    }

    public Task<long> SealAsync(Arn datasetGroup, CancellationToken cancellationToken)
    {
        var log = LogOf(datasetGroup);
        return Task.Run(log.Seal, cancellationToken);
    }

    public Task DropBelowAsync(Arn datasetGroup, long position, CancellationToken cancellationToken)
    {
        var log = LogOf(datasetGroup);
        return Task.Run(() => log.DropBelow(position), cancellationToken);
    }

    public async Task DeleteAsync(Arn datasetGroup, CancellationToken cancellationToken)
    {
        var folder = FolderOf(datasetGroup).Path;
        if (_logs.TryGetValue(folder, out var log)) await log.CloseAsync();
        await Task.Run(() => { if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true); }, cancellationToken);
        _logs.TryRemove(folder, out _);
    }

    public async Task AdoptAsync(IReadOnlyCollection<Arn> datasetGroups, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(datasetGroups);
        var path = Path.Combine(_dataRoot, FormatFile);
        if (File.Exists(path))
        {
            var found = await File.ReadAllTextAsync(path, cancellationToken);
            if (int.TryParse(found, out var format) && format <= Format) return;
            throw new DataFolderException(
                $"'{path}' says '{found.Trim()}'; this build reads event logs up to format {Format}. "
                + "A newer release wrote them.");
        }
        foreach (var group in datasetGroups) await CreateAsync(group, cancellationToken);
        DurableFile.WriteAllAtomic(path, static stream => stream.Write("2\n"u8), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var log in _logs.Values) await log.CloseAsync();
    }

    /// <summary>Like <see cref="DisposeAsync"/>, but what still waits is not waited for.</summary>
    public void Dispose()
    {
        foreach (var log in _logs.Values) log.Dispose();
    }

    private GroupLog LogOf(Arn group)
    {
        var folder = FolderOf(group);
        return _logs.GetOrAdd(
            folder.Path, static (_, made) => new GroupLog(made.folder, made.store._open, made.store._rollAtBytes, made.store._unknown),
            (folder, store: this));
    }

    // An ARN that parsed holds no dots, slashes or backslashes in these parts.
    private LogFolder FolderOf(Arn group) => new(group, Path.Combine(_dataRoot, "events", group.Account, group.Name));

    // A quarter at a time, so that the scan is paid once per many openings.
    private void ReleaseIdle()
    {
        var open = _logs.Values.Where(log => log.HoldsHandle).ToList();
        if (open.Count < _maxOpenFiles) return;
        foreach (var log in open.OrderBy(log => log.LastUsed).Take(Math.Max(1, _maxOpenFiles / 4))) log.Release();
    }
}
