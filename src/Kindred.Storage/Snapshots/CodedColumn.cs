using System.Runtime.InteropServices;

namespace Kindred.Storage.Snapshots;

/// <summary>
/// Where the coded form of one column lies in the section of coded columns; offsets are in bytes, counts in elements. It is written as it
/// stands here, so its members keep their places for ever.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal record struct CodedColumn
{
    /// <summary>One of <see cref="ColumnForm"/>.</summary>
    public long Form { get; init; }
    /// <summary>Of texts: where the UTF-8 of the distinct ones lies.</summary>
    public long Utf8At { get; init; }
    public long Utf8Count { get; init; }
    /// <summary>Of texts: where each distinct one ends, long.</summary>
    public long EndsAt { get; init; }
    public long EndsCount { get; init; }
    /// <summary>Of texts: the hash index, int.</summary>
    public long SlotsAt { get; init; }
    public long SlotsCount { get; init; }
    /// <summary>Of texts: where each record's codes end, int. Of numbers: a double per record.</summary>
    public long RowsAt { get; init; }
    /// <summary>Of texts: the codes, int.</summary>
    public long CodesAt { get; init; }
    public long CodesCount { get; init; }
}

/// <summary>How a column is coded. The numbers are written in files: they never change.</summary>
internal enum ColumnForm
{
    /// <summary>Not at all: there are only its values.</summary>
    Plain = 0,
    Categories = 1,
    Numbers = 2,
}
