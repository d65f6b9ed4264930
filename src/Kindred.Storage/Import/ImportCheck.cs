namespace Kindred.Storage.Import;

/// <summary>How the rows of an import would fare.</summary>
/// <param name="Faults">Why rows would be refused, by column, the most frequent first.</param>
/// <param name="Refused">The first of the rows that would be.</param>
public sealed record ImportCheck(long GoodRows, long RefusedRows, IReadOnlyList<ColumnFaults> Faults, IReadOnlyList<RefusedRow> Refused)
{
    public long Rows => GoodRows + RefusedRows;
}

/// <summary>A row that does not fit its schema.</summary>
/// <param name="Line">In its file; the header is 1.</param>
/// <param name="Column">Empty when it is the row as a whole.</param>
/// <param name="Raw">The beginning of its text.</param>
public sealed record RefusedRow(long Line, string Column, string Reason, string Raw);
