namespace Kindred.Serving.Exploration;

/// <summary>Codes for the categorical values of items: one per column and value; a value such as <c>a|b</c> is two.</summary>
internal sealed class CategoryCodes(int columns)
{
    private readonly Dictionary<string, int>[] _values = [.. Enumerable.Range(0, columns).Select(static _ => new Dictionary<string, int>(StringComparer.Ordinal))];

    public int Count { get; private set; }

    public void Add(int column, string value, ISet<int> codes)
    {
        foreach (var part in value.AsSpan().Split('|'))
        {
            var lookup = _values[column].GetAlternateLookup<ReadOnlySpan<char>>();
            var text = value.AsSpan()[part].Trim();
            if (text.IsEmpty) continue;
            if (!lookup.TryGetValue(text, out var code)) lookup[text] = code = Count++;
            codes.Add(code);
        }
    }

    /// <summary>Adds <paramref name="weight"/> to the taste for each of the values that has a code.</summary>
    public void AddTaste(int column, string value, float weight, Span<float> taste)
    {
        var lookup = _values[column].GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var part in value.AsSpan().Split('|'))
        {
            if (lookup.TryGetValue(value.AsSpan()[part].Trim(), out var code)) taste[code] += weight;
        }
    }
}
