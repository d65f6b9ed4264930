namespace Kindred.Storage.Import;

/// <summary>Different texts, up to a number.</summary>
internal sealed class DistinctTexts(int most)
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _texts =
        new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <returns>False for a text that is one too many.</returns>
    public bool TryAdd(ReadOnlySpan<char> text) => _texts.Contains(text) || (_texts.Set.Count < most && _texts.Add(text));
}
