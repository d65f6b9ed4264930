namespace Kindred.Storage.Import;

/// <summary>One input file of an import.</summary>
/// <param name="Name">Its file name; <c>.gz</c> at the end means gzip.</param>
/// <param name="OpenAsync">Opens it for one pass from front to back; the importer disposes the stream.</param>
public sealed record CsvSource(string Name, Func<CancellationToken, Task<Stream>> OpenAsync);
