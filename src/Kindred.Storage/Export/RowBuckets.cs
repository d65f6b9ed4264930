using System.Buffers.Binary;
using System.IO.Hashing;

namespace Kindred.Storage.Export;

/// <summary>
/// Rows on disk, those of equal keys together: so each bucket can be looked through for repeated keys in memory that does not grow with the
/// dataset.
/// </summary>
internal sealed class RowBuckets : IDisposable
{
    private const int KeyBytes = 16;
    private const int FrameBytes = KeyBytes + sizeof(int);
    private const int MostBuckets = 256; // files that are open at the same time

    private readonly FileStream[] _files;
    private readonly long[] _rows;

    /// <param name="folder">Absolute path of a folder without rows in it.</param>
    /// <param name="rows">About how many there will be.</param>
    /// <param name="rowsOfBucket">About how many a bucket shall have.</param>
    public RowBuckets(string folder, long rows, int rowsOfBucket)
    {
        var count = (int)Math.Clamp((rows + rowsOfBucket - 1) / rowsOfBucket, 1, MostBuckets);
        (_files, _rows) = (new FileStream[count], new long[count]);
        for (var i = 0; i < count; i++)
            _files[i] = new FileStream(Path.Combine(folder, $"{i:D5}.rows"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
    }

    public int Count => _files.Length;

    /// <param name="key">What a later row replaces this one by.</param>
    /// <param name="row">Never empty.</param>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> row)
    {
        Span<byte> frame = stackalloc byte[FrameBytes];
        XxHash128.Hash(key, frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame[KeyBytes..], row.Length);
        var bucket = (int)(BinaryPrimitives.ReadUInt64LittleEndian(frame) % (ulong)_files.Length);
        _files[bucket].Write(frame);
        _files[bucket].Write(row);
        _rows[bucket]++;
    }

    /// <summary>Copies the rows of a bucket, of those with the same key the last.</summary>
    /// <returns>How many were copied.</returns>
    public long CopyTo(int bucket, Stream target, CancellationToken cancellationToken)
    {
        var last = new Dictionary<UInt128, long>((int)Math.Min(_rows[bucket], int.MaxValue / 2));
        foreach (var (index, key, _) in Read(bucket, cancellationToken)) last[key] = index;
        foreach (var (index, key, row) in Read(bucket, cancellationToken))
        {
            if (last[key] == index) target.Write(row.Span);
        }
        return last.Count;
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
            File.Delete(file.Name);
        }
    }

    private IEnumerable<(long Index, UInt128 Key, ReadOnlyMemory<byte> Row)> Read(int bucket, CancellationToken cancellationToken)
    {
        var file = _files[bucket];
        file.Position = 0;
        var frame = new byte[FrameBytes];
        var row = new byte[1 << 12];
        for (var index = 0L; index < _rows[bucket]; index++)
        {
            if (index % (1 << 16) == 0) cancellationToken.ThrowIfCancellationRequested();
            file.ReadExactly(frame);
            var length = BinaryPrimitives.ReadInt32LittleEndian(frame.AsSpan(KeyBytes));
            if (row.Length < length) row = new byte[length * 2];
            file.ReadExactly(row, 0, length);
            yield return (index, BinaryPrimitives.ReadUInt128LittleEndian(frame), row.AsMemory(0, length));
        }
    }
}
