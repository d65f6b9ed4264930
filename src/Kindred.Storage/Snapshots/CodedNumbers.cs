using System.Runtime.Intrinsics;
using Kindred.Files;

namespace Kindred.Storage.Snapshots;

/// <summary>A column of numbers. Safe for many threads until the catalog is disposed.</summary>
public sealed class CodedNumbers
{
    private const int WordRows = 64;
    private readonly SnapshotFile _file;
    private readonly MappedColumn<double> _values;

    internal CodedNumbers(SnapshotFile file, MappedColumn<double> values) => (_file, _values) = (file, values);

    /// <returns>The record's number, NaN where it has none. Whole numbers are exact up to 2^53.</returns>
    public double this[int row]
    {
        get
        {
            _file.ThrowIfDisposed();
            return _values[row];
        }
    }

    /// <summary>Adds the records with a number between two, these included; a record without a number is never among them.</summary>
    /// <param name="least">For "greater than", the next double: <see cref="Math.BitIncrement(double)"/>.</param>
    /// <param name="most">For "less than", the one before: <see cref="Math.BitDecrement(double)"/>.</param>
    /// <param name="rows">A bit per record, shape [ceil(records / 64)]; those of other records stay as they are.</param>
    /// <exception cref="ArgumentException">The bitmap is too short.</exception>
    public void Match(double least, double most, Span<ulong> rows)
    {
        _file.ThrowIfDisposed();
        var values = _values.Slice(0, (int)_values.Count);
        RowBits.ThrowIfShort(rows.Length, values.Length, nameof(rows));
        for (var word = 0; values.Length > 0; word++)
        {
            var length = Math.Min(WordRows, values.Length);
            rows[word] |= length == WordRows ? MatchWord(least, most, values[..WordRows]) : MatchSome(least, most, values);
            values = values[length..];
        }
    }

    private static ulong MatchWord(double least, double most, ReadOnlySpan<double> values)
    {
        var (from, to) = (Vector256.Create(least), Vector256.Create(most));
        var bits = 0UL;
        for (var i = 0; i < WordRows; i += Vector256<double>.Count)
        {
            var value = Vector256.Create(values[i..]);
            var isMatch = Vector256.GreaterThanOrEqual(value, from) & Vector256.LessThanOrEqual(value, to);
            bits |= (ulong)isMatch.ExtractMostSignificantBits() << i;
        }
        return bits;
    }

    private static ulong MatchSome(double least, double most, ReadOnlySpan<double> values)
    {
        var bits = 0UL;
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] >= least && values[i] <= most) bits |= 1UL << i;
        }
        return bits;
    }
}
