using System.Buffers;
using System.Buffers.Binary;
using Snappier;

namespace Kindred.Storage.Segments.Parquet;

/// <summary>
/// Writes row groups as a Parquet file: texts as codes of a dictionary per group, which is how <see cref="RowGroup"/> has them, numbers as
/// they are, every page compressed with snappy.
/// </summary>
/// <remarks>
/// A library takes texts, and finds the dictionary again that reading them has made: of an import of interactions that was a third of all
/// time. What is written here, any reader of Parquet reads; segments are read with Parquet.Net.
/// </remarks>
/// <param name="stream">An empty file; it stays open.</param>
internal sealed class SegmentFileWriter(Stream stream, IReadOnlyList<string> columns, IReadOnlyList<SegmentColumnKind> kinds)
{
    private const int SnappyCodec = 1;
    private readonly PageBuffer _page = new();
    private readonly PageBuffer _header = new();
    private readonly List<Group> _groups = [];
    private byte[] _packed = [];
    private int[] _levels = [];
    private int[] _codes = [];
    private long _position;

    public void Write(RowGroup rows)
    {
        if (_position == 0) Raw("PAR1"u8);
        var chunks = new Chunk[kinds.Count];
        for (var c = 0; c < chunks.Length; c++)
        {
            chunks[c] = kinds[c] switch
            {
                SegmentColumnKind.Timestamp => Timestamps(rows.Timestamps(c)),
                SegmentColumnKind.Value => Values(rows.Values(c)),
                _ => Texts(rows.Texts(c), rows.Count),
            };
        }
        _groups.Add(new Group(rows.Count, chunks));
    }

    /// <summary>Writes the footer, after the last row group.</summary>
    public void Complete()
    {
        if (_position == 0) Raw("PAR1"u8);
        _page.Clear();
        WriteFooter(_page);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, _page.Length);
        Raw(_page.Bytes);
        Raw(length);
        Raw("PAR1"u8);
    }

    private Chunk Timestamps(ReadOnlySpan<long> values)
    {
        var start = _position;
        _page.Clear();
        _page.Plain(values);
        var plainBytes = WritePage(PageType.Data, values.Length, PageEncoding.Plain);
        return new Chunk(start, null, _position - start, plainBytes);
    }

    private Chunk Values(ReadOnlySpan<float?> values)
    {
        var start = _position;
        _page.Clear();
        Room(ref _levels, values.Length);
        for (var i = 0; i < values.Length; i++) _levels[i] = values[i].HasValue ? 1 : 0;
        _page.Levels(_levels.AsSpan(0, values.Length));
        foreach (var value in values)
            if (value is { } number) _page.Plain(new ReadOnlySpan<float>(in number));
        var plainBytes = WritePage(PageType.Data, values.Length, PageEncoding.Plain);
        return new Chunk(start, null, _position - start, plainBytes);
    }

    private Chunk Texts(CodedTexts texts, int count)
    {
        var start = _position;
        var codes = texts.Codes(count);
        Room(ref _levels, count);
        Room(ref _codes, count);
        // Only what rows have: a text that only refused rows had is no part of the data. Codes are in the order of the rows then.
        Span<int> renumbered = new int[texts.DistinctCount];
        var (distinct, present) = (0, 0);
        _page.Clear();
        for (var i = 0; i < count; i++)
        {
            var code = codes[i];
            _levels[i] = code < 0 ? 0 : 1;
            if (code < 0) continue;
            ref var number = ref renumbered[code];
            if (number == 0)
            {
                number = ++distinct;
                _page.Text(texts.Value(code));
            }
            _codes[present++] = number - 1;
        }
        var plainBytes = WritePage(PageType.Dictionary, distinct, PageEncoding.Plain);
        var dataStart = _position;
        _page.Clear();
        _page.Levels(_levels.AsSpan(0, count));
        _page.Codes(_codes.AsSpan(0, present), distinct);
        plainBytes += WritePage(PageType.Data, count, PageEncoding.RleDictionary);
        return new Chunk(dataStart, start, _position - start, plainBytes);
    }

    /// <returns>What the page takes when it is not compressed, its header included.</returns>
    private long WritePage(PageType type, int values, PageEncoding encoding)
    {
        Room(ref _packed, Snappy.GetMaxCompressedLength(_page.Length));
        var packed = _packed.AsSpan(0, Snappy.Compress(_page.Bytes, _packed));
        _header.Clear();
        var thrift = new ThriftWriter(_header);
        thrift.Field(1, (int)type);
        thrift.Field(2, _page.Length);
        thrift.Field(3, packed.Length);
        var outer = thrift.BeginStruct(type == PageType.Dictionary ? 7 : 5);
        thrift.Field(1, values);
        thrift.Field(2, (int)encoding);
        if (type == PageType.Data)
        {
            thrift.Field(3, (int)PageEncoding.Rle);
            thrift.Field(4, (int)PageEncoding.Rle);
        }
        thrift.End(outer);
        thrift.End(0);
        Raw(_header.Bytes);
        Raw(packed);
        return _header.Length + _page.Length;
    }

    private void WriteFooter(IBufferWriter<byte> target)
    {
        var thrift = new ThriftWriter(target);
        thrift.Field(1, 1);
        WriteSchema(ref thrift);
        thrift.Field(3, _groups.Sum(group => (long)group.Rows));
        thrift.Structs(4, _groups.Count);
        foreach (var group in _groups)
        {
            var outer = thrift.BeginElement();
            thrift.Structs(1, group.Chunks.Length);
            for (var c = 0; c < group.Chunks.Length; c++) WriteChunk(ref thrift, c, group.Rows, group.Chunks[c]);
            thrift.Field(2, group.Chunks.Sum(chunk => chunk.PlainBytes));
            thrift.Field(3, (long)group.Rows);
            thrift.End(outer);
        }
        thrift.Field(6, "Kindred");
        thrift.End(0);
    }

    private void WriteSchema(ref ThriftWriter thrift)
    {
        const int Required = 0, Optional = 1, Utf8 = 0;
        thrift.Structs(2, columns.Count + 1);
        var outer = thrift.BeginElement();
        thrift.Field(4, "root");
        thrift.Field(5, columns.Count);
        thrift.End(outer);
        for (var c = 0; c < columns.Count; c++)
        {
            outer = thrift.BeginElement();
            thrift.Field(1, (int)TypeOf(kinds[c]));
            thrift.Field(3, kinds[c] is SegmentColumnKind.Timestamp ? Required : Optional);
            thrift.Field(4, columns[c]);
            if (kinds[c] is SegmentColumnKind.Text) thrift.Field(6, Utf8);
            thrift.End(outer);
        }
    }

    private void WriteChunk(ref ThriftWriter thrift, int column, int rows, Chunk chunk)
    {
        var outer = thrift.BeginElement();
        thrift.Field(2, chunk.DictionaryStart ?? chunk.DataStart);
        var inner = thrift.BeginStruct(3);
        thrift.Field(1, (int)TypeOf(kinds[column]));
        thrift.Numbers(2, 3);
        foreach (var encoding in (ReadOnlySpan<PageEncoding>)[PageEncoding.Plain, PageEncoding.Rle, PageEncoding.RleDictionary])
            thrift.Element((int)encoding);
        thrift.Texts(3, 1);
        thrift.Text(columns[column]);
        thrift.Field(4, SnappyCodec);
        thrift.Field(5, (long)rows);
        thrift.Field(6, chunk.PlainBytes);
        thrift.Field(7, chunk.Bytes);
        thrift.Field(9, chunk.DataStart);
        if (chunk.DictionaryStart is { } dictionary) thrift.Field(11, dictionary);
        thrift.End(inner);
        thrift.End(outer);
    }

    private static PhysicalType TypeOf(SegmentColumnKind kind) => kind switch
    {
        SegmentColumnKind.Timestamp => PhysicalType.Int64,
        SegmentColumnKind.Value => PhysicalType.Float,
        _ => PhysicalType.ByteArray,
    };

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        _position += bytes.Length;
    }

    private static void Room<T>(ref T[] array, int count)
    {
        if (array.Length < count) array = new T[count];
    }

    private sealed record Group(int Rows, Chunk[] Chunks);

    /// <summary>One column of one row group.</summary>
    private readonly record struct Chunk(long DataStart, long? DictionaryStart, long Bytes, long PlainBytes);
}
