using System.Text;
using Kindred.Contracts.Refusals;
using Kindred.Files;
using Kindred.Storage.Schemas;

namespace Kindred.Storage.Snapshots;

/// <summary>
/// Every item's newest properties, in one immutable mapped file: each value as text, and the columns in a coded form that a predicate can
/// scan. Safe for many threads until it is disposed.
/// </summary>
/// <remarks>Works for a Users or an Actions dataset as well: then the ids are users or actions.</remarks>
public sealed class ItemCatalog : IDisposable
{
    internal const int Kind = 2;
    internal const int Version = 2;

    /// <summary>The release before wrote version 1, which ends before the coded columns.</summary>
    internal const int OldestVersion = 1;

    /// <summary>Stands in the column of creation times for an item that has none.</summary>
    internal const long NoTime = long.MinValue;

    private readonly SnapshotFile _file;
    private readonly IdTable _ids;
    private readonly string[] _columns;
    private readonly MappedColumn<byte> _values;
    private readonly MappedColumn<long> _places;
    private readonly MappedColumn<long> _created;
    private readonly CodedCategories?[] _categories;
    private readonly CodedNumbers?[] _numbers;

    private ItemCatalog(SnapshotFile file)
    {
        _file = file;
        _ids = file.Ids(0);
        _columns = [.. file.Ids(3)];
        (_values, _places, _created) = (file.Column<byte>(6), file.Column<long>(7), file.Column<long>(8));
        (_categories, _numbers) = (new CodedCategories?[_columns.Length], new CodedNumbers?[_columns.Length]);
        for (var column = 0; file.Version >= 2 && column < _columns.Length; column++) OpenCoded(column, file.Column<CodedColumn>(10)[column]);
    }

    public int Count => _ids.Count;

    /// <summary>The property columns, without the id; a column's position is its index in <see cref="Value"/>.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Builds the file from segments of an Items or Users dataset; the newest row of an id wins.</summary>
    /// <param name="schema">Its columns but the id become the catalog's; the id is <c>ITEM_ID</c>, <c>ACTION_ID</c> or <c>USER_ID</c>.</param>
    /// <param name="segmentPaths">Absolute paths, oldest first. They are read twice.</param>
    /// <param name="mostIdBytes">What ids may take in memory meanwhile.</param>
    /// <exception cref="RefusedException">They would take more.</exception>
    public static void Build(
        string path, ParsedSchema schema, IReadOnlyList<string> segmentPaths, CancellationToken cancellationToken,
        long mostIdBytes = long.MaxValue) =>
        new ItemCatalogBuilder(schema, new SnapshotMemory(mostIdBytes)).Build(path, segmentPaths, cancellationToken);

    /// <exception cref="InvalidDataException">The file is no catalog of a version that this build reads, or is damaged.</exception>
    public static ItemCatalog Open(string path) => new(SnapshotFile.Open(path, Kind, OldestVersion, Version));

    public bool TryGet(ReadOnlySpan<char> id, out int index) => _ids.TryFind(id, out index);

    /// <summary>Finds an id given as UTF-8.</summary>
    public bool TryGet(ReadOnlySpan<byte> utf8, out int index) => _ids.TryFind(utf8, out index);

    public string Id(int index) => _ids[index];

    /// <summary>The id as UTF-8, valid until the catalog is disposed.</summary>
    public ReadOnlySpan<byte> IdUtf8(int index) => _ids.Bytes(index);

    /// <returns>The value as in the CSV, or null where it is empty.</returns>
    public string? Value(int index, int column)
    {
        _file.ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)_columns.Length, nameof(column));
        var place = _places[(long)index * _columns.Length + column];
        if (place < 0) return null;
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = _values[place++];
            length |= (part & 0x7F) << shift;
            if (part < 0x80) return Encoding.UTF8.GetString(_values.Slice(place, length));
        }
    }

    /// <returns>
    /// The column as codes; null where it is none of texts, or has too many different ones, or the file is of the release before:
    /// there <see cref="Value"/> has to do.
    /// </returns>
    public CodedCategories? Categories(int column) => _categories[column];

    /// <returns>The column as numbers; null where it is none of numbers, or the file is of the release before.</returns>
    public CodedNumbers? Numbers(int column) => _numbers[column];

    /// <summary>CREATION_TIMESTAMP in epoch seconds, or null.</summary>
    public long? CreationTimestamp(int index)
    {
        _file.ThrowIfDisposed();
        return _created[index] is var time && time == NoTime ? null : time;
    }

    public void Dispose() => _file.Dispose();

    private void OpenCoded(int column, CodedColumn coded)
    {
        const int section = 9;
        switch ((ColumnForm)coded.Form)
        {
            case ColumnForm.Categories:
                var values = new IdTable(
                    _file.Memory<byte>(section, coded.Utf8At, coded.Utf8Count), _file.Memory<long>(section, coded.EndsAt, coded.EndsCount),
                    _file.Memory<int>(section, coded.SlotsAt, coded.SlotsCount), IdHash.Low);
                _categories[column] = new CodedCategories(
                    _file, values, _file.Column<int>(section, coded.RowsAt, Count), _file.Column<int>(section, coded.CodesAt, coded.CodesCount));
                break;
            case ColumnForm.Numbers:
                _numbers[column] = new CodedNumbers(_file, _file.Column<double>(section, coded.RowsAt, Count));
                break;
            default: break;
        }
    }
}
