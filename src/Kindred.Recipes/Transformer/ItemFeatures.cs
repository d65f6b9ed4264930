using System.Globalization;
using Kindred.Recipes.Metadata;

namespace Kindred.Recipes.Transformer;

/// <summary>
/// What is known about items as a sparse matrix: categorical values, ranges of numbers, words of texts. An item's vector is its id's vector plus the
/// weighted sum of its features' vectors, so that an item that nobody has met yet has one too. The squares of an item's weights add up to 1.
/// </summary>
internal sealed class ItemFeatures
{
    private const int NumberRanges = 16;
    private const int MaxWords = 20_000;
    private const int MaxWordsPerItem = 24;
    private const int MinLettersPerWord = 2;

    public ItemFeatures(IReadOnlyList<string> names, int[] starts, int[] codes, float[] weights) =>
        (Names, Starts, Codes, Weights) = (names, starts, codes, weights);

    /// <summary>What each feature is, e.g. <c>GENRE=Comedy</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Where the features of each item begin, shape [items + 1].</summary>
    public int[] Starts { get; }

    public int[] Codes { get; }
    public float[] Weights { get; }
    public int Count => Names.Count;
    public int ItemCount => Starts.Length - 1;

    public bool Knows(int item) => Starts[item] < Starts[item + 1];

    /// <summary>The features of a table; null when it has none.</summary>
    public static ItemFeatures? Of(AttributeTable? table)
    {
        if (table is null || table.RowCount == 0)
            return null;
        var (names, groups) = (new List<string>(), new List<List<(int Code, float Weight)>?[]>());
        foreach (var column in table.Categories)
            groups.Add(Categories(column, table.RowCount, names));
        foreach (var column in table.Numbers)
            groups.Add(Ranges(column, table.RowCount, names));
        foreach (var column in table.Texts)
            groups.Add(Words(column, table.RowCount, names));
        if (names.Count == 0)
            return null;
        var starts = new int[table.RowCount + 1];
        var (codes, weights) = (new List<int>(), new List<float>());
        for (var item = 0; item < table.RowCount; item++)
        {
            var known = groups.Count(group => group[item] is { Count: > 0 });
            foreach (var group in groups)
            {
                foreach (var (code, weight) in group[item] ?? [])
                {
                    codes.Add(code);
                    weights.Add(weight / MathF.Sqrt(known));
                }
            }
            starts[item + 1] = codes.Count;
        }
        return codes.Count == 0 ? null : new ItemFeatures(names, starts, [.. codes], [.. weights]);
    }

    private static List<(int, float)>?[] Categories(CategoryColumn column, int rows, List<string> names)
    {
        var first = names.Count;
        names.AddRange(column.Values.Select(value => $"{column.Name}={value}"));
        var group = new List<(int, float)>?[rows];
        for (var row = 0; row < rows; row++)
        {
            if (column.Row(row) is { IsEmpty: false } codes)
            {
                group[row] = [];
                foreach (var code in codes)
                    group[row]!.Add((first + code, 1 / MathF.Sqrt(codes.Length)));
            }
        }
        return group;
    }

    /// <summary>Equally filled ranges: no assumption about the unit or the distribution, and outliers do no harm.</summary>
    private static List<(int, float)>?[] Ranges(NumberColumn column, int rows, List<string> names)
    {
        var limits = LimitsOf(column.Values);
        var group = new List<(int, float)>?[rows];
        if (limits.Length == 0)
            return group;
        var first = names.Count;
        for (var range = 0; range <= limits.Length; range++)
            names.Add(string.Create(CultureInfo.InvariantCulture, $"{column.Name} in range {range}"));
        for (var row = 0; row < rows; row++)
        {
            if (float.IsFinite(column.Values[row]))
                group[row] = [(first + limits.Count(limit => column.Values[row] >= limit), 1)];
        }
        return group;
    }

    /// <summary>Where ranges of equally many finite values begin, but for the first; without repeats, ascending. Empty without values.</summary>
    public static float[] LimitsOf(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Where(float.IsFinite).Order()];
        return sorted.Length == 0
            ? []
            : [.. Enumerable.Range(1, NumberRanges - 1).Select(
                range => sorted[(int)((long)range * sorted.Length / NumberRanges)]).Distinct()];
    }

    /// <summary>The rarest words that at least two items share, weighted by the logarithm of their rarity.</summary>
    private static List<(int, float)>?[] Words(TextColumn column, int rows, List<string> names)
    {
        var words = new HashSet<string>?[rows];
        var counts = new Dictionary<string, int>();
        for (var row = 0; row < rows; row++)
        {
            if (column.Values[row] is not { } text)
                continue;
            words[row] = Split(text);
            foreach (var word in words[row]!)
                counts[word] = counts.GetValueOrDefault(word) + 1;
        }
        var kept = counts.Where(count => count.Value >= 2 && count.Value <= Math.Max(2, rows / 2))
            .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).Take(MaxWords).ToList();
        var codes = new Dictionary<string, (int Code, float Weight)>();
        foreach (var (word, count) in kept)
        {
            codes[word] = (names.Count, (float)Math.Log((double)rows / count) + 1);
            names.Add($"{column.Name} has {word}");
        }
        var group = new List<(int, float)>?[rows];
        for (var row = 0; row < rows; row++)
        {
            if (words[row] is null)
                continue;
            var found = words[row]!.Where(codes.ContainsKey).Select(word => codes[word])
                .OrderByDescending(word => word.Weight).ThenBy(word => word.Code).Take(MaxWordsPerItem).ToList();
            var norm = MathF.Sqrt(found.Sum(word => word.Weight * word.Weight));
            group[row] = [.. found.Select(word => (word.Code, word.Weight / norm))];
        }
        return group;
    }

    private static HashSet<string> Split(string text)
    {
        var words = new HashSet<string>();
        for (int from = 0, i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
                continue;
            if (i - from >= MinLettersPerWord)
                words.Add(text[from..i].ToLowerInvariant());
            from = i + 1;
        }
        return words;
    }
}
