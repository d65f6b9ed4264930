using Kindred.Files.Csv;

namespace Kindred.Storage.Batches;

/// <summary>
/// Some consecutive lines of an input, in memory that is bounded by the chunk: how many there are follows from the input alone, so every
/// attempt at a job cuts it in the same places. Empty lines are passed over.
/// </summary>
/// <param name="maxLines">Most lines of a chunk.</param>
/// <param name="maxBytes">Bytes after which a chunk takes no other line.</param>
public sealed class LineChunk(int maxLines, int maxBytes)
{
    private readonly List<(int Start, int Length, bool IsOverlong)> _lines = [];
    private byte[] _bytes = new byte[Math.Min(maxBytes, 1 << 16)];
    private int _length;

    /// <summary>Number of the first line in the input, from 1, empty ones counted.</summary>
    public long FirstLine { get; private set; }

    public int Count => _lines.Count;

    public ulong Digest => OutputParts.DigestOf(_bytes.AsSpan(0, _length));

    /// <summary>A line without its line break, valid until the next chunk is read. Of one that is too long, its beginning.</summary>
    public ReadOnlyMemory<byte> Line(int index) => _bytes.AsMemory(_lines[index].Start, _lines[index].Length);

    public bool IsOverlong(int index) => _lines[index].IsOverlong;

    /// <returns>False when there was no line left.</returns>
    public async Task<bool> ReadAsync(LineReader reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _lines.Clear();
        _length = 0;
        while (_lines.Count < maxLines && _length < maxBytes && await reader.MoveNextAsync(cancellationToken)) Add(reader);
        return _lines.Count > 0;
    }

    private void Add(LineReader reader)
    {
        var line = reader.Line;
        if (reader.Number == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..];
        if (line.Trim(" \t"u8).IsEmpty) return;
        if (_lines.Count == 0) FirstLine = reader.Number;
        var taken = line.Length + 1; // with a line break, which the digest needs
        if (_bytes.Length - _length < taken) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + taken));
        line.CopyTo(_bytes.AsSpan(_length));
        _bytes[_length + line.Length] = (byte)'\n';
        _lines.Add((_length, line.Length, reader.IsOverlong));
        _length += taken;
    }
}
