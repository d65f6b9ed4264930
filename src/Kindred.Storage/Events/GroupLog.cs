using System.Diagnostics;
using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Events;

/// <summary>
/// The log of one dataset group. Appends that arrive while the disk is busy wait together and share the next write and
/// fsync. Two locks: <c>_queue</c> guards what waits and is held for an instant; <c>_file</c> guards the disk.
/// </summary>
internal sealed class GroupLog(LogFolder folder, Func<string, ILogFile> open, long rollAtBytes, UnknownRecords unknown) : IDisposable
{
    private const int MaxGroupBytes = 4 << 20;
    private const int MaxWaitingBytes = 64 << 20;

    private readonly Lock _queue = new();
    private List<Append> _waiting = [];
    private long _waitingBytes;
    private bool _writerRuns;
    private TaskCompletionSource? _writerDone;
    private bool _closed;

    private readonly Lock _file = new();
    private ILogFile? _newest;
    private List<long> _firsts = [];
    private long _length;
    private long _end;
    private volatile string? _newestPath;

    /// <summary>When the log was last appended to, in milliseconds of the system's uptime.</summary>
    public long LastUsed { get; private set; }

    public bool HoldsHandle => _newest is not null;

    public Task<long> AppendAsync(byte[] frame, int recordCount)
    {
        var append = new Append(frame, recordCount);
        lock (_queue)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_waitingBytes > MaxWaitingBytes)
                throw new RefusedException(RefusalCode.ServiceUnavailable, "Events arrive faster than the disk takes them; try again in a moment.");
            _waiting.Add(append);
            _waitingBytes += frame.Length;
            if (!_writerRuns)
            {
                _writerRuns = true;
                ThreadPool.UnsafeQueueUserWorkItem(static log => log.WriteWaiting(), this, preferLocal: false);
            }
        }
        return append.Durable.Task;
    }

    /// <summary>Where the next record goes, if the log is open: neither the disk nor a lock is waited for.</summary>
    public long? KnownEnd => File.Exists(_newestPath) ? Volatile.Read(ref _end) : null;

    public long RecoveredEnd()
    {
        lock (_file)
        {
            Recover();
            return _end;
        }
    }

    /// <summary>Visits the records from a position on, up to what is durable now.</summary>
    public void Read(long fromPosition, RecordVisitor visit, CancellationToken cancellationToken)
    {
        List<long> firsts;
        long newestLength, end;
        lock (_file)
        {
            Recover();
            (firsts, newestLength, end) = ([.. _firsts], _length, _end);
        }
        if (fromPosition > end) throw folder.Foreign(end, fromPosition);
        for (var file = 0; file < firsts.Count; file++)
        {
            var isNewest = file == firsts.Count - 1;
            var next = isNewest ? end : firsts[file + 1];
            if (next <= fromPosition) continue;
            using var frames = Open(firsts[file], isNewest ? newestLength : long.MaxValue);
            Read(frames, firsts[file], next, fromPosition, visit, cancellationToken);
        }
    }

    public long Seal()
    {
        lock (_file)
        {
            Recover();
            if (_length > LogFolder.HeaderLength) Roll();
            return _end;
        }
    }

    public void DropBelow(long position)
    {
        lock (_file)
        {
            Recover();
            if (position > _end) throw folder.Foreign(_end, position);
            // All of it is below: start a new file, so that the records need not be read again at every start.
            if (position >= _end && _length > LogFolder.HeaderLength) Roll();
            while (_firsts.Count > 1 && _firsts[1] <= position)
            {
                File.Delete(folder.FileOf(_firsts[0]));
                _firsts.RemoveAt(0);
            }
        }
    }

    /// <summary>Gives the file handle back; the next append opens it again.</summary>
    public void Release()
    {
        lock (_file) CloseFile();
    }

    /// <summary>Refuses further appends, and returns when those accepted before are done.</summary>
    public async Task CloseAsync()
    {
        var writer = Task.CompletedTask;
        lock (_queue)
        {
            _closed = true;
            if (_writerRuns) writer = (_writerDone ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
        await writer;
        lock (_file) CloseFile();
    }

    public void Dispose()
    {
        lock (_queue) _closed = true;
        lock (_file) CloseFile();
    }

    private void WriteWaiting()
    {
        while (true)
        {
            List<Append> group;
            lock (_queue)
            {
                if (_waiting.Count == 0)
                {
                    _writerRuns = false;
                    _writerDone?.SetResult();
                    return;
                }
                group = TakeGroup();
            }
            lock (_file) Write(group);
        }
    }

    private List<Append> TakeGroup()
    {
        var (count, bytes) = (0, 0L);
        while (count < _waiting.Count && (count == 0 || bytes + _waiting[count].Frame.Length <= MaxGroupBytes))
            bytes += _waiting[count++].Frame.Length;
        _waitingBytes -= bytes;
        if (count == _waiting.Count)
        {
            var all = _waiting;
            _waiting = [];
            return all;
        }
        var group = _waiting.GetRange(0, count);
        _waiting.RemoveRange(0, count);
        return group;
    }

    private void Write(List<Append> group)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            Recover();
            if (_length >= rollAtBytes) Roll();
            _newest ??= open(_newestPath!);
            LastUsed = Environment.TickCount64;
            _newest.Write(group.ConvertAll(static a => (ReadOnlyMemory<byte>)a.Frame), _length);
            _newest.SyncToDisk();
            // A file that was moved or removed takes bytes as before, and nobody would ever find them.
            if (!File.Exists(_newestPath)) throw folder.Absent();
        }
        catch (Exception refused)
        {
            StorageMetrics.LogFailed(Stopwatch.GetElapsedTime(started), refused);
            var failure = Undo(refused);
            foreach (var append in group) append.Durable.SetException(failure);
            return;
        }
        StorageMetrics.LogWritten(Stopwatch.GetElapsedTime(started));
        foreach (var append in group)
        {
            var first = _end;
            _length += append.Frame.Length;
            Volatile.Write(ref _end, first + append.RecordCount);
            append.Durable.SetResult(first);
        }
    }

    // After a failed write or fsync nobody knows what the disk holds past _length. Cut it off; if even that fails, forget
    // what we believe: the next append recovers from the file, where a frame that was half written fails its checksum.
    private IOException Undo(Exception refused)
    {
        try
        {
            _newest?.Truncate(_length);
            _newest?.SyncToDisk();
        }
        catch (Exception worse) when (worse is IOException or UnauthorizedAccessException)
        {
            _newestPath = null;
        }
        CloseFile();
        return refused as EventLogMissingException ?? new IOException($"The event log could not be written: {refused.Message}", refused);
    }

    /// <summary>Finds out where the log ends, unless that is known and the newest file is still there.</summary>
    private void Recover()
    {
        if (File.Exists(_newestPath)) return;
        CloseFile(); // what it names is not the log any more
        var firsts = folder.List();
        if (firsts.Count == 0) throw folder.Absent();
        var newest = folder.FileOf(firsts[^1]);
        var end = firsts[^1];
        using (var frames = Open(firsts[^1], long.MaxValue))
        {
            while (frames.MoveNext()) end += new RecordDecoder(frames.Payload).Count;
            if (end < _end) throw folder.Foreign(end, _end);
            if (!frames.AtEnd) CutOff(newest, frames.IntactLength);
            _length = frames.IntactLength;
        }
        _firsts = firsts;
        Volatile.Write(ref _end, end);
        _newestPath = newest;
    }

    private void CutOff(string path, long length)
    {
        using var file = open(path);
        file.Truncate(length);
        file.SyncToDisk();
    }

    private FrameReader Open(long firstPosition, long length)
    {
        try
        {
            return new FrameReader(folder.FileOf(firstPosition), length);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            throw folder.Absent(gone);
        }
    }

    private void Read(FrameReader frames, long first, long next, long from, RecordVisitor visit, CancellationToken cancellationToken)
    {
        var position = first;
        while (position < next && frames.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var records = new RecordDecoder(frames.Payload);
            if (position + records.Count <= from)
            {
                position += records.Count;
                continue;
            }
            for (var i = 0; i < records.Count; i++, position++)
            {
                var record = records.Next(out var kind);
                if (position < from) continue;
                if (record is null) unknown.Add(folder.Group, kind);
                else visit(position, record);
            }
        }
        if (position < next)
            throw new InvalidDataException(
                $"'{frames.Path}' is damaged after record {position}; {next - position} acknowledged records cannot be read.");
    }

    private void Roll()
    {
        folder.Create(_end);
        CloseFile();
        _firsts.Add(_end);
        _length = LogFolder.HeaderLength;
        _newestPath = folder.FileOf(_end);
    }

    private void CloseFile()
    {
        _newest?.Dispose();
        _newest = null;
    }
}
