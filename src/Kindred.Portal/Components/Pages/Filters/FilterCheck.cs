using Kindred.Serving.Filters;
using Kindred.Storage.Schemas;

namespace Kindred.Portal.Components.Pages.Filters;

/// <summary>What an expression says, or what is wrong with it; checked while it is typed by the rules that it is made by.</summary>
/// <param name="Expression">Null while something is wrong with it.</param>
/// <param name="Faults">In the order of their places.</param>
public sealed record FilterCheck(FilterExpression? Expression, IReadOnlyList<FilterFault> Faults)
{
    public static FilterCheck Empty { get; } = new(null, []);

    /// <param name="schemas">Of the project's datasets, by type.</param>
    public static FilterCheck Of(string text, IReadOnlyDictionary<string, ParsedSchema> schemas)
    {
        if (text.Trim().Length == 0) return Empty;
        if (!FilterParser.TryParse(text, out var expression, out var fault)) return new(null, [fault]);
        var faults = FilterRules.Check(expression, schemas.GetValueOrDefault);
        return new(faults.Count == 0 ? expression : null, faults);
    }
}
