namespace Kindred.Storage.Import;

/// <summary>Different texts, up to a number.</summary>
internal sealed class DistinctTexts(int most)
{
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    /// <returns>False for a text that is one too many.</returns>
    public bool TryAdd(string text) => _texts.Contains(text) || (_texts.Count < most && _texts.Add(text));
}
