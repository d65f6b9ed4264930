using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Files.Csv;
using Kindred.Storage.Datasets;
using Kindred.Storage.Events;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Import;

/// <summary>Checks one line after the other against the schema and puts what is good into a row group.</summary>
internal sealed class RowReader
{
    private const int StackChars = 512;
    private readonly IReadOnlyList<SchemaField> _columns;
    private readonly SegmentColumnKind[] _kinds;
    private readonly CsvFields _fields = new();
    private readonly DateTimeOffset? _now;
    private readonly long _nowSeconds;
    private readonly DistinctTexts?[] _bounded;
    private bool _isFuture;

    /// <param name="now">When interactions of the future are to be told from others; null when they are not.</param>
    public RowReader(ParsedSchema schema, string datasetType, DateTimeOffset? now)
    {
        (_now, _nowSeconds) = (now, now?.ToUnixTimeSeconds() ?? long.MaxValue);
        _columns = schema.Fields;
        _kinds = [.. _columns.Select(c => SegmentColumns.KindOf(datasetType, c.Name))];
        _bounded = [.. _columns.Select(c => c.Name is ColumnNames.EventType ? new DistinctTexts(DataLimits.EventTypes) : null)];
    }

    /// <summary>Good rows whose time has not come.</summary>
    public long FutureRows { get; private set; }

    /// <param name="line">One line, without its line break.</param>
    /// <param name="header">Of the line's file.</param>
    /// <param name="rows">Holds rows of this reader only: a text that it has was checked, and is not checked again.</param>
    /// <returns>What is wrong with the line, or null if it is in <paramref name="rows"/> now.</returns>
    public RowFault? Read(ReadOnlySpan<byte> line, HeaderMap header, RowGroup rows)
    {
        if (line.ContainsAnyExceptInRange((byte)1, (byte)127) && TextFault(line) is { } noText) return noText;
        if (_fields.Split(line, header.FieldCount) is { } quoting) return new RowFault("", quoting);
        if (_fields.Count != header.FieldCount) return WrongCount(header.FieldCount);

        _isFuture = false;
        for (var c = 0; c < _columns.Count; c++)
        {
            var value = _fields.Field(line, header.Positions[c]);
            var fault = value.IsEmpty ? SetEmpty(rows, c) : _kinds[c] switch
            {
                SegmentColumnKind.Timestamp => SetTimestamp(rows, c, value),
                SegmentColumnKind.Value => SetValue(rows, c, value),
                _ => SetText(rows, c, value),
            };
            if (fault is not null) return new RowFault(_columns[c].Name, fault);
        }
        rows.EndRow();
        if (_isFuture) FutureRows++;
        return null;
    }

    private static RowFault? TextFault(ReadOnlySpan<byte> line) =>
        line.Contains((byte)0) ? new RowFault("", "the line holds a NUL byte")
        : Utf8.IsValid(line) ? null
        : new RowFault("", "the line is not valid UTF-8");

    private RowFault WrongCount(int expected) => new(
        "", $"the line has {(_fields.Count > expected ? $"more than {expected}" : _fields.Count)} values; the header has {expected} columns");

    private string? SetEmpty(RowGroup rows, int column)
    {
        if (!_columns[column].Nullable) return $"{_columns[column].Name} is empty and its type does not allow null";
        if (_kinds[column] is SegmentColumnKind.Value) rows.SetValue(column, null);
        else rows.SetText(column, null);
        return null;
    }

    private string? SetTimestamp(RowGroup rows, int column, ReadOnlySpan<byte> value)
    {
        if (!WholeNumber.TryRead(value, out var seconds) || seconds is < 0 or > FieldValue.MaxEpochSeconds)
            return FieldValue.TimestampFault(_columns[column].Name, Encoding.UTF8.GetString(value));
        if (_now is { } now)
        {
            // Most times lie in the past, which needs no look at the clock's skew.
            _isFuture = seconds > _nowSeconds;
            if ((_isFuture || seconds <= 0) && EventTime.Fault(_columns[column].Name, seconds, now) is { } fault) return fault;
        }
        rows.SetTimestamp(column, seconds);
        return null;
    }

    private string? SetValue(RowGroup rows, int column, ReadOnlySpan<byte> value)
    {
        if (!float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !float.IsFinite(number))
            return FieldValue.Fault(_columns[column] with { Type = FieldType.Float }, Encoding.UTF8.GetString(value));
        rows.SetValue(column, number);
        return null;
    }

    private string? SetText(RowGroup rows, int column, ReadOnlySpan<byte> value)
    {
        if (!rows.SetUtf8(column, value)) return null; // checked when it came first
        var fault = Check(column, value, out var kept);
        if (fault is null && kept is null) return null;
        rows.RemoveNewText(column);
        if (fault is null) rows.SetText(column, kept);
        return fault;
    }

    /// <param name="kept">What of a text is kept that is too long; null where all of it is.</param>
    /// <exception cref="RefusedException">The value is of a length that fails the whole import.</exception>
    [SkipLocalsInit]
    private string? Check(int column, ReadOnlySpan<byte> value, out string? kept)
    {
        kept = null;
        var field = _columns[column];
        Span<char> buffer = value.Length <= StackChars ? stackalloc char[StackChars] : new char[value.Length];
        ReadOnlySpan<char> text = buffer[..Encoding.UTF8.GetChars(value, buffer)];
        if (FieldValue.IsOverlong(field, text)) throw new RefusedException(RefusalCode.InvalidInput, FieldValue.OverlongMessage(field));
        if (FieldValue.Fault(field, text) is { } fault) return fault;
        if (_bounded[column]?.TryAdd(text) is false)
            return $"{field.Name} has more than {DataLimits.EventTypes} different values in this file; "
                + "it says what kind of event a row is, such as View or Purchase";
        if (field.Textual && FieldValue.Truncate(text) is var cut && cut.Length < text.Length) kept = cut.ToString();
        return null;
    }
}
