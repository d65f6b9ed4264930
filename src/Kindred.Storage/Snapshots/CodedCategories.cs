using System.Numerics;
using Kindred.Files;

namespace Kindred.Storage.Snapshots;

/// <summary>
/// A column of texts as codes: each distinct text has one, and a record has the codes of its parts, which a <c>|</c> separates where the
/// schema calls the column categorical. Safe for many threads until the catalog is disposed.
/// </summary>
public sealed class CodedCategories
{
    private readonly SnapshotFile _file;
    private readonly MappedColumn<int> _ends;
    private readonly MappedColumn<int> _codes;

    internal CodedCategories(SnapshotFile file, IdTable values, MappedColumn<int> ends, MappedColumn<int> codes) =>
        (_file, Values, _ends, _codes) = (file, values, ends, codes);

    /// <summary>The distinct texts, trimmed; a text's index is its code.</summary>
    public IdTable Values { get; }

    /// <returns>The record's codes, distinct, in the order of its text; none where it has no value. Valid until the catalog is disposed.</returns>
    public ReadOnlySpan<int> Codes(int row)
    {
        _file.ThrowIfDisposed();
        var start = row == 0 ? 0 : _ends[row - 1];
        return _codes.Slice(start, _ends[row] - start);
    }

    /// <summary>Adds the records that have one of some codes.</summary>
    /// <param name="codes">A bit per code, shape [ceil(Values.Count / 64)].</param>
    /// <param name="rows">A bit per record, shape [ceil(records / 64)]; those of other records stay as they are.</param>
    /// <exception cref="ArgumentException">A bitmap is too short.</exception>
    public void Match(ReadOnlySpan<ulong> codes, Span<ulong> rows)
    {
        _file.ThrowIfDisposed();
        var ends = _ends.Slice(0, (int)_ends.Count);
        RowBits.ThrowIfShort(codes.Length, Values.Count, nameof(codes));
        RowBits.ThrowIfShort(rows.Length, ends.Length, nameof(rows));
        var all = _codes.Slice(0, (int)_codes.Count);
        // Without a branch on what is found: which rows match is nothing that a processor could foresee.
        var (at, word) = (0, 0UL);
        for (var row = 0; row < ends.Length; row++)
        {
            var found = 0UL;
            for (var end = ends[row]; at < end; at++) found |= codes[all[at] >> 6] >> (all[at] & 63);
            word |= (found & 1) << (row & 63);
            if ((row & 63) != 63) continue;
            rows[row >> 6] |= word;
            word = 0;
        }
        if (word != 0) rows[(ends.Length - 1) >> 6] |= word;
    }

    /// <summary>Takes out the records that have none of some codes; looks at no others.</summary>
    /// <param name="codes">A bit per code, shape [ceil(Values.Count / 64)].</param>
    /// <param name="isNegated">Takes out those that have one instead.</param>
    /// <param name="rows">A bit per record, shape [ceil(records / 64)].</param>
    /// <exception cref="ArgumentException">A bitmap is too short.</exception>
    public void Narrow(ReadOnlySpan<ulong> codes, bool isNegated, Span<ulong> rows)
    {
        _file.ThrowIfDisposed();
        var ends = _ends.Slice(0, (int)_ends.Count);
        RowBits.ThrowIfShort(codes.Length, Values.Count, nameof(codes));
        RowBits.ThrowIfShort(rows.Length, ends.Length, nameof(rows));
        var all = _codes.Slice(0, (int)_codes.Count);
        var unwanted = isNegated ? 1UL : 0UL;
        for (var word = 0; word < rows.Length; word++)
        {
            for (var left = rows[word]; left != 0; left &= left - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(left);
                var found = 0UL;
                for (var at = row == 0 ? 0 : ends[row - 1]; at < ends[row]; at++) found |= codes[all[at] >> 6] >> (all[at] & 63);
                if ((found & 1) == unwanted) rows[word] &= ~(1UL << (row & 63));
            }
        }
    }
}
