using System.Text.RegularExpressions;

namespace Kindred.Recipes.Segmentation;

/// <summary>Attributes that an item must all have: <c>ITEMS.genres = "Comedy" AND ITEMS.year = 1995</c>.</summary>
/// <param name="Conditions">Column and value of each condition; at least one.</param>
public sealed partial record ItemAttributeQuery(IReadOnlyList<(string Column, string Value)> Conditions)
{
    /// <summary>
    /// Reads a query. Keywords and the dataset's name in any case; a text stands in double quotes, with <c>\</c> before a quote in it.
    /// </summary>
    /// <exception cref="FormatException">The text is no such query; only = and AND are allowed.</exception>
    public static ItemAttributeQuery Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var conditions = new List<(string, string)>();
        for (var position = 0; ;)
        {
            var condition = Condition().Match(text, position);
            if (!condition.Success)
                throw new FormatException($"The attributes '{text}' are not conditions of the form ITEMS.COLUMN = \"value\" joined by AND.");
            var quoted = condition.Groups["text"];
            var value = quoted.Success ? Escape().Replace(quoted.Value, "$1") : condition.Groups["number"].Value;
            conditions.Add((condition.Groups["column"].Value, value));
            position = condition.Index + condition.Length;
            if (condition.Groups["end"].Success)
                return new ItemAttributeQuery(conditions);
        }
    }

    [GeneratedRegex("""
        \G\s*items\s*\.\s*(?<column>[A-Za-z0-9_]+)\s*=\s*
        ("(?<text>(\\.|[^"\\])*)"|(?<number>[-+]?[0-9.]+(e[-+]?[0-9]+)?))\s*
        ((?<end>$)|(?<=[\s"])and\b)
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Condition();

    [GeneratedRegex(@"\\(.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
