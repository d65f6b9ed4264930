using Kindred.Serving.Filters;

namespace Kindred.Portal.Controls.Filters;

/// <summary>Values of a filter's parameters, as people type them, in the form that requests have.</summary>
internal static class FilterValues
{
    /// <param name="typed">By parameter; what is empty counts as not given.</param>
    /// <returns>Of the parameters that have a value; null for none.</returns>
    public static IReadOnlyDictionary<string, string>? Of(IEnumerable<string> parameters, IReadOnlyDictionary<string, string> typed)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            if (typed.TryGetValue(parameter, out var text) && text.Trim().Length > 0) given[parameter] = Of(text.Trim());
        }
        return given.Count == 0 ? null : given;
    }

    /// <returns>The parameters that requests cannot leave out: those of an INCLUDE; none for no expression.</returns>
    public static IReadOnlyList<string> RequiredOf(FilterExpression? expression) =>
        [.. (expression?.Clauses ?? []).Where(clause => clause.Action is FilterAction.Include).SelectMany(clause => clause.Parameters)];

    /// <summary>Numbers, and texts in quotes, stay as they are; other texts are parted at commas and get their quotes.</summary>
    private static string Of(string text) => FilterParser.TryParseValues(text) is not null
        ? text
        : string.Join(',', text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Quoted));

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
