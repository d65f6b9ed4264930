namespace Kindred.Recipes;

/// <summary>
/// What is known of an event besides who did what when, such as <c>DEVICE</c> = <c>phone</c>: columns of an interactions dataset, or the
/// <c>context</c> of a request. Names ignore case. Immutable.
/// </summary>
public sealed class EventContext
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="values">A text per column, spelled as in a CSV; of two names that differ in case the later counts.</param>
    public EventContext(IEnumerable<KeyValuePair<string, string>> values)
    {
        foreach (var (name, value) in values)
            _values[name] = value;
    }

    /// <returns>The value of a column, or null.</returns>
    public string? Find(string column) => _values.GetValueOrDefault(column);
}
