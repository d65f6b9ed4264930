using System.Collections.Concurrent;
using Kindred.Contracts.Datasets;
using Kindred.Recipes.Catalog;

namespace Kindred.Serving.Filters;

/// <summary>
/// What a use case leaves out by itself: items that the user has bought, or watched. Filters like any other, which nobody has to make.
/// </summary>
internal static class BuiltInFilters
{
    private static readonly ConcurrentDictionary<string, BoundFilter> Filters = new(StringComparer.Ordinal);

    /// <returns>Null for a recipe that leaves nothing out.</returns>
    public static BoundFilter? Of(RecipeDescription recipe) =>
        recipe.ExcludedEventType is { } eventType ? Filters.GetOrAdd(eventType, Without) : null;

    private static BoundFilter Without(string eventType)
    {
        var text = $"EXCLUDE ItemID WHERE {FilterDataset.Interactions}.{ColumnNames.EventType} IN (\"{eventType}\")";
        return FilterParser.TryParse(text, out var expression, out var fault)
            ? new BoundFilter(FilterBinding.Bind(expression, null))
            : throw new ArgumentException($"'{text}' is no filter: {fault}", nameof(eventType));
    }
}
