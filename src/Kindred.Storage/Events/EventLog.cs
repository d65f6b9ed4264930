using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Events;

/// <summary>
/// The log of one dataset group. Appends that arrive while the disk is busy wait together and share the next write and
/// fsync. Two locks: <c>_queue</c> guards what waits and is held for an instant; <c>_file</c> guards the disk.
/// </summary>
internal sealed class EventLog(LogFolder folder, Func<string, ILogFile> open, long rollAtBytes) : IDisposable
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
    private bool _recovered;

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

    /// <summary>What is durable now: each file's first position, the newest file's length, and the next position.</summary>
    public (IReadOnlyList<long> Firsts, long NewestLength, long End) Durable()
    {
        lock (_file)
        {
            Recover();
            return ([.. _firsts], _length, _end);
        }
    }

    public void DropBelow(long position)
    {
        lock (_file)
        {
            Recover();
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
        while (count < _waiting.Count && (count == 0 || bytes + _waiting[count].Frame.Length <= MaxGroupBytes)) bytes += _waiting[count++].Frame.Length;
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
        try
        {
            Recover();
            if (_length >= rollAtBytes) Roll();
            _newest ??= open(folder.FileOf(_firsts[^1]));
            LastUsed = Environment.TickCount64;
            _newest.Write(group.ConvertAll(static a => (ReadOnlyMemory<byte>)a.Frame), _length);
            _newest.SyncToDisk();
        }
        catch (Exception refused)
        {
            var failure = Undo(refused);
            foreach (var append in group) append.Durable.SetException(failure);
            return;
        }
        foreach (var append in group)
        {
            var first = _end;
            _length += append.Frame.Length;
            _end += append.RecordCount;
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
            _recovered = false;
        }
        CloseFile();
        return new IOException($"The event log could not be written: {refused.Message}", refused);
    }

    private void Recover()
    {
        if (_recovered) return;
        _firsts = folder.List();
        if (_firsts.Count == 0)
        {
            folder.Create(0);
            _firsts.Add(0);
        }
        var newest = folder.FileOf(_firsts[^1]);
        _end = _firsts[^1];
        using (var frames = new FrameReader(newest))
        {
            while (frames.MoveNext()) _end += new RecordDecoder(frames.Payload).Count;
            _length = frames.IntactLength;
            if (frames.AtEnd)
            {
                _recovered = true;
                return;
            }
        }
        CloseFile();
        using var file = open(newest);
        file.Truncate(_length);
        file.SyncToDisk();
        _recovered = true;
    }

    private void Roll()
    {
        folder.Create(_end);
        CloseFile();
        _firsts.Add(_end);
        _length = LogFolder.HeaderLength;
    }

    private void CloseFile()
    {
        _newest?.Dispose();
        _newest = null;
    }
}
