namespace Kindred.Storage.Import;

/// <summary>Why a row is bad.</summary>
/// <param name="Column">The column at fault, or nothing if it is the row as a whole.</param>
internal readonly record struct RowFault(string Column, string Reason);
