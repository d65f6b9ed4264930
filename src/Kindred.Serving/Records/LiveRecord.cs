namespace Kindred.Serving.Records;

/// <summary>One item or user as PutItems or PutUsers left it.</summary>
/// <param name="Id">The item or user.</param>
/// <param name="Position">Place in the group's event log; the later record of an id replaces the earlier.</param>
/// <param name="Values">Column values as text, by <see cref="ColumnKey"/>, each key once; a null value is absent.</param>
internal sealed record LiveRecord(string Id, long Position, KeyValuePair<string, string>[] Values)
{
    /// <param name="key">A <see cref="ColumnKey"/>.</param>
    /// <returns>The column's value, or null when the record has none.</returns>
    public string? Value(string key)
    {
        // A record has few columns, and an array is a fifth of a dictionary.
        foreach (var (name, value) in Values)
        {
            if (name == key) return value;
        }
        return null;
    }
}
