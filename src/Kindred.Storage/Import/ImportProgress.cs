namespace Kindred.Storage.Import;

/// <summary>How far an import has come.</summary>
/// <param name="BytesRead">Bytes of input as stored, before gzip is undone.</param>
public sealed record ImportProgress(long GoodRows, long BadRows, long BytesRead);
