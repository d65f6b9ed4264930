using System.Globalization;
using System.Text;

namespace Kindred.Host.Logs;

/// <summary>
/// Text that shows what it holds. Ids and names come from clients: escape codes in them would move a terminal's cursor, and marks of
/// direction would show a line as another one.
/// </summary>
internal static class VisibleText
{
    public static string Of(string text) => text.Any(IsHidden) ? Escaped(text) : text;

    private static bool IsHidden(char c) => char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Escaped(string text)
    {
        var visible = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (IsHidden(c)) visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else visible.Append(c);
        }
        return visible.ToString();
    }
}
