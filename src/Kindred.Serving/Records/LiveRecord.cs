namespace Kindred.Serving.Records;

/// <summary>One item or user as PutItems or PutUsers left it.</summary>
/// <param name="Id">The item or user.</param>
/// <param name="Position">Place in the group's event log; the later record of an id replaces the earlier.</param>
/// <param name="Values">Column values as text, by <see cref="ColumnKey"/>; a null value is absent.</param>
internal sealed record LiveRecord(string Id, long Position, IReadOnlyDictionary<string, string> Values);
