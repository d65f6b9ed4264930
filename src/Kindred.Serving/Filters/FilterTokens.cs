using System.Text;

namespace Kindred.Serving.Filters;

/// <summary>Takes an expression apart. Knows nothing of its grammar.</summary>
internal static class FilterTokens
{
    private static readonly string[] Symbols = ["<=", ">=", "!=", "<>", "<", ">", "=", "(", ")", ",", ".", "|", "*"];

    /// <summary>The tokens, an end behind them; or a fault.</summary>
    public static FilterFault? TryRead(string text, List<FilterToken> tokens)
    {
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }
            var (token, fault) = Next(text, at);
            if (fault is not null) return fault;
            tokens.Add(token);
            at = token.End - 1;
        }
        tokens.Add(new FilterToken(FilterTokenKind.End, "", text.Length + 1, text.Length + 1));
        return null;
    }

    private static (FilterToken Token, FilterFault? Fault) Next(string text, int at)
    {
        var first = text[at];
        if (first == '"') return Quoted(text, at);
        if (first == '$')
        {
            var end = Run(text, at + 1, IsWordPart);
            return end == at + 1
                ? (default, new FilterFault(at + 1, "a parameter's name was expected after '$'."))
                : (Token(FilterTokenKind.Parameter, text[(at + 1)..end], at, end), null);
        }
        if (char.IsAsciiDigit(first) || (first is '-' or '+' or '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            var end = Number(text, at);
            return (Token(FilterTokenKind.Number, text[at..end], at, end), null);
        }
        if (IsWordPart(first))
        {
            var end = Run(text, at, IsWordPart);
            return (Token(FilterTokenKind.Word, text[at..end], at, end), null);
        }
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
                return (Token(FilterTokenKind.Symbol, symbol, at, at + symbol.Length), null);
        }
        return (default, new FilterFault(at + 1, $"the character '{first}' has no meaning here."));
    }

    /// <summary>A text in quotes; a backslash takes the next character as it is.</summary>
    private static (FilterToken, FilterFault?) Quoted(string text, int at)
    {
        var value = new StringBuilder();
        for (var end = at + 1; end < text.Length; end++)
        {
            if (text[end] == '"') return (Token(FilterTokenKind.Text, value.ToString(), at, end + 1), null);
            if (text[end] == '\\' && end + 1 < text.Length) end++;
            value.Append(text[end]);
        }
        return (default, new FilterFault(at + 1, "the text that begins here has no closing quote."));
    }

    private static int Number(string text, int at)
    {
        var end = Run(text, at + 1, static c => char.IsAsciiDigit(c) || c == '.');
        if (end >= text.Length || text[end] is not ('e' or 'E')) return end;
        var digits = end + 1 < text.Length && text[end + 1] is '-' or '+' ? end + 2 : end + 1;
        return digits < text.Length && char.IsAsciiDigit(text[digits]) ? Run(text, digits, char.IsAsciiDigit) : end;
    }

    private static int Run(string text, int at, Func<char, bool> belongs)
    {
        while (at < text.Length && belongs(text[at])) at++;
        return at;
    }

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static FilterToken Token(FilterTokenKind kind, string text, int at, int end) => new(kind, text, at + 1, end + 1);
}
