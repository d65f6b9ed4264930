using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Kindred.Files;

namespace Kindred.Storage.Snapshots;

/// <summary>
/// Collects interactions and hands them out by user. The rows lie in two temporary files, first as they arrive and then
/// grouped by user, so that memory holds two numbers per user however many rows there are.
/// </summary>
internal sealed unsafe class HistoryRows : IDisposable
{
    private const int BufferBytes = 1 << 18;
    private readonly HistoryRow[] _waiting = new HistoryRow[BufferBytes / sizeof(HistoryRow)];
    private int _waitingCount;

    private readonly FileStream _arrived;
    private readonly string _besidePath;
    private int[] _perUser = new int[1024];
    private long[] _firsts = [];
    private MemoryMappedFile? _file;
    private MemoryMappedViewAccessor? _view;
    private HistoryRow* _rows;

    /// <param name="besidePath">The temporary files lie beside this one, where start-up removes what a crash left.</param>
    public HistoryRows(string besidePath)
    {
        DurableFile.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(besidePath))!);
        _arrived = ScratchFile.Create(besidePath, bufferBytes: 0);
        _besidePath = besidePath;
    }

    public long Count { get; private set; }

    public void Add(HistoryRow row)
    {
        if (row.User >= _perUser.Length) Array.Resize(ref _perUser, Math.Max(row.User + 1, _perUser.Length * 2));
        _perUser[row.User]++;
        Count++;
        _waiting[_waitingCount++] = row;
        if (_waitingCount == _waiting.Length) WriteWaiting();
    }

    /// <summary>Brings the rows of each user together, in the order of their arrival. To be called once, after the last row.</summary>
    public void Group(int users, CancellationToken cancellationToken)
    {
        _firsts = new long[users];
        for (var user = 1; user < users; user++) _firsts[user] = _firsts[user - 1] + _perUser[user - 1];
        if (Count == 0) return;
        WriteWaiting();
        Map();

        var next = (long[])_firsts.Clone();
        var bytes = MemoryMarshal.AsBytes(_waiting.AsSpan());
        _arrived.Position = 0;
        while (_arrived.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) is var read and > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var row in _waiting.AsSpan(0, read / sizeof(HistoryRow))) _rows[next[row.User]++] = row;
        }
    }

    /// <summary>One user's rows, after <see cref="Group"/>. They may be changed in place.</summary>
    public Span<HistoryRow> Of(int user) => new(_rows + _firsts[user], _perUser[user]);

    public void Dispose()
    {
        if (_rows != null) _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        _rows = null;
        _view?.Dispose();
        _file?.Dispose();
        _arrived.Dispose();
    }

    private void WriteWaiting()
    {
        _arrived.Write(MemoryMarshal.AsBytes(_waiting.AsSpan(0, _waitingCount)));
        _waitingCount = 0;
    }

    private void Map()
    {
        _file = MemoryMappedFile.CreateFromFile(
            ScratchFile.Create(_besidePath, bufferBytes: 0), null, Count * sizeof(HistoryRow), MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _rows = (HistoryRow*)(start + _view.PointerOffset);
    }
}
