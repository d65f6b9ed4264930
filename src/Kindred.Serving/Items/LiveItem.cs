namespace Kindred.Serving.Items;

/// <summary>One item as PutItems left it.</summary>
/// <param name="Position">Place in the group's event log; the later record of an item replaces the earlier.</param>
/// <param name="Values">Column values as text, by <see cref="ColumnKey"/>; a null value is absent.</param>
internal sealed record LiveItem(string ItemId, long Position, IReadOnlyDictionary<string, string> Values);
