using System.Text.RegularExpressions;

namespace Kindred.Contracts.Protocol.Validation;

/// <summary>
/// A pattern of the contract. It is matched against the whole value, in time linear in the value's length whatever the
/// value is, and with the meaning it has where the contract comes from: digits and <c>\p{ASCII}</c> are ASCII only.
/// </summary>
public sealed class ValuePattern(string text)
{
    private readonly Lazy<Regex> _regex = new(() => new Regex(
        $@"\A(?:{Translate(text)})\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    /// <summary>The pattern as the contract writes it.</summary>
    public string Text { get; } = text;

    internal string Constraint => $"Member must satisfy regular expression pattern: {Text}";

    public bool Matches(ReadOnlySpan<char> value) => _regex.Value.IsMatch(value);

    private static string Translate(string pattern)
    {
        var translated = new System.Text.StringBuilder(pattern.Length);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            var (from, to) = rest switch
            {
                _ when rest.StartsWith(@"\d") => (2, inClass ? "0-9" : "[0-9]"),
                _ when rest.StartsWith(@"\p{ASCII}") => (9, inClass ? @"\x00-\x7F" : @"[\x00-\x7F]"),
                _ when rest[0] == '\\' => (2, rest[..2].ToString()),
                _ => (1, rest[0].ToString()),
            };
            if (from == 1 && rest[0] is '[' or ']') inClass = rest[0] == '[';
            translated.Append(to);
            i += from - 1;
        }

        return translated.ToString();
    }
}
