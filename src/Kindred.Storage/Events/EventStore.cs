using System.Collections.Concurrent;
using Kindred.Contracts.Arns;

namespace Kindred.Storage.Events;

/// <summary>The streamed records of every dataset group: one append-only log per group, opened on first use.</summary>
public sealed class EventStore : IAsyncDisposable, IDisposable
{
    private const long DefaultRollAtBytes = 64 << 20;
    private const int DefaultMaxOpenFiles = 256;

    private readonly ConcurrentDictionary<string, EventLog> _logs = new(StringComparer.Ordinal);
    private readonly string _root;
    private readonly Func<string, ILogFile> _open;
    private readonly long _rollAtBytes;
    private readonly int _maxOpenFiles;

    /// <param name="options">Logs lie in <c>{data}/events/{account}/{group}/</c>.</param>
    public EventStore(StorageOptions options) : this(options?.Root ?? throw new ArgumentNullException(nameof(options)), static path => new DiskLogFile(path))
    {
    }

    internal EventStore(string dataRoot, Func<string, ILogFile> open, long rollAtBytes = DefaultRollAtBytes, int maxOpenFiles = DefaultMaxOpenFiles) =>
        (_root, _open, _rollAtBytes, _maxOpenFiles) = (Path.Combine(dataRoot, "events"), open, rollAtBytes, maxOpenFiles);

    /// <summary>Appends records and completes once they are synced to disk; all of them are kept, or none.</summary>
    /// <param name="cancellationToken">Counts until the records are queued; from then on they will be written.</param>
    /// <returns>The position of the first record; the others follow one by one.</returns>
    /// <exception cref="IOException">The disk refused; none of the records is in the log.</exception>
    public ValueTask<long> AppendAsync(Arn datasetGroup, IReadOnlyList<StreamedRecord> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentOutOfRangeException.ThrowIfZero(records.Count);
        cancellationToken.ThrowIfCancellationRequested();
        var log = LogOf(datasetGroup);
        if (!log.HoldsHandle) ReleaseIdle();
        return new ValueTask<long>(log.AppendAsync(Frame.Of(records), records.Count));
    }

    /// <summary>Visits the records from a position on, in order, up to what was durable when the call began.</summary>
    /// <exception cref="InvalidDataException">A file is damaged before its end.</exception>
    public void Replay(Arn datasetGroup, long fromPosition, Action<long, StreamedRecord> visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        if (!Exists(datasetGroup)) return;
        var folder = FolderOf(datasetGroup);
        var (firsts, newestLength, end) = LogOf(datasetGroup).Durable();
        for (var file = 0; file < firsts.Count; file++)
        {
            var isNewest = file == firsts.Count - 1;
            var next = isNewest ? end : firsts[file + 1];
            if (next > fromPosition) Replay(folder.FileOf(firsts[file]), firsts[file], next, isNewest ? newestLength : long.MaxValue, fromPosition, visit);
        }
    }

    /// <summary>The position that the next record will get.</summary>
    public long EndPosition(Arn datasetGroup) => Exists(datasetGroup) ? LogOf(datasetGroup).Durable().End : 0;

    /// <summary>Deletes the files whose records all lie below a position. Records at or above it are never touched.</summary>
    public void DropBelow(Arn datasetGroup, long position)
    {
        if (Exists(datasetGroup)) LogOf(datasetGroup).DropBelow(position);
    }

    /// <summary>Closes and deletes the log of a group that is gone. A later group of that name starts at position 0.</summary>
    public async ValueTask DeleteAsync(Arn datasetGroup)
    {
        var folder = FolderOf(datasetGroup);
        if (_logs.TryGetValue(folder.Path, out var log)) await log.CloseAsync();
        if (Directory.Exists(folder.Path)) Directory.Delete(folder.Path, recursive: true);
        _logs.TryRemove(folder.Path, out _);
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

    private static void Replay(string path, long first, long next, long length, long from, Action<long, StreamedRecord> visit)
    {
        using var frames = new FrameReader(path, length);
        var position = first;
        while (position < next && frames.MoveNext())
        {
            var records = new RecordDecoder(frames.Payload);
            if (position + records.Count <= from)
            {
                position += records.Count;
                continue;
            }
            for (var i = 0; i < records.Count; i++, position++)
            {
                var record = records.Next();
                if (position >= from) visit(position, record);
            }
        }
        if (position < next) throw new InvalidDataException($"'{path}' is damaged after record {position}; {next - position} acknowledged records cannot be read.");
    }

    private bool Exists(Arn group) => _logs.ContainsKey(FolderOf(group).Path) || Directory.Exists(FolderOf(group).Path);

    private EventLog LogOf(Arn group) => _logs.GetOrAdd(FolderOf(group).Path, static (path, store) => new EventLog(new LogFolder(path), store._open, store._rollAtBytes), this);

    // An ARN that parsed holds no dots, slashes or backslashes in these parts.
    private LogFolder FolderOf(Arn group) => new(Path.Combine(_root, group.Account, group.Name));

    // A quarter at a time, so that the scan is paid once per many openings.
    private void ReleaseIdle()
    {
        var open = _logs.Values.Where(log => log.HoldsHandle).ToList();
        if (open.Count < _maxOpenFiles) return;
        foreach (var log in open.OrderBy(log => log.LastUsed).Take(Math.Max(1, _maxOpenFiles / 4))) log.Release();
    }
}
