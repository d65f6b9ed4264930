using Kindred.Serving.Filters;

namespace Kindred.Portal.Components.Pages.Filters;

/// <summary>A part of an expression, marked where something is wrong.</summary>
internal sealed record MarkedText(string Text, bool IsWrong)
{
    /// <summary>Parts a text at the words in which faults begin. One behind its end marks a space there.</summary>
    public static IReadOnlyList<MarkedText> Parts(string text, IReadOnlyList<FilterFault> faults)
    {
        var parts = new List<MarkedText>();
        var at = 0;
        foreach (var start in faults.Select(fault => fault.Column - 1).Where(start => start >= 0).Distinct().Order())
        {
            if (start < at) continue;
            if (start >= text.Length) break;
            if (start > at) parts.Add(new(text[at..start], false));
            at = EndOfWord(text, start);
            parts.Add(new(text[start..at], true));
        }
        if (at < text.Length) parts.Add(new(text[at..], false));
        if (faults.Any(fault => fault.Column > text.Length)) parts.Add(new(" ", true));
        return parts;
    }

    private static int EndOfWord(string text, int start)
    {
        var end = start + 1;
        if (!IsPart(text[start])) return end;
        while (end < text.Length && IsPart(text[end])) end++;
        return end;
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '$' or '"';
}
