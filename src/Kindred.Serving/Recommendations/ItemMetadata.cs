using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Endpoints;
using Kindred.Serving.Records;

namespace Kindred.Serving.Recommendations;

/// <summary>Reads the columns of the items dataset that a request asks to see beside its results.</summary>
internal sealed class ItemMetadata
{
    private readonly DatasetRecords _items;
    private readonly RecordColumn[] _columns;

    private ItemMetadata(DatasetRecords items, RecordColumn[] columns) => (_items, _columns) = (items, columns);

    /// <returns>Null when the request asks for none.</returns>
    /// <exception cref="RefusedException">The campaign gives no metadata, or the items dataset has no such column.</exception>
    public static ItemMetadata? For(
        IReadOnlyDictionary<string, IReadOnlyList<string>>? requested, ServedEndpoint endpoint, RecipeDescription recipe, DatasetRecords items)
    {
        if (requested is null or { Count: 0 }) return null;
        if (!endpoint.MetadataEnabled && !recipe.IsV2)
            throw RequestRules.Invalid($"metadataColumns is given, and the {endpoint} gives no metadata: "
                + "set enableMetadataWithRecommendations in its configuration.");
        if (items.Schema is not { } schema)
            throw RequestRules.Invalid($"metadataColumns is given, and the dataset group '{endpoint.DatasetGroupArn}' has no items dataset.");

        var names = requested.Values.SelectMany(static columns => columns).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        var columns = new RecordColumn[names.Length];
        var unknown = new List<string>();
        for (var i = 0; i < names.Length; i++)
        {
            var field = schema.Fields.FirstOrDefault(
                f => f.Name.Equals(names[i], StringComparison.OrdinalIgnoreCase) && f.Name != ColumnNames.ItemId);
            if (field is null) unknown.Add(names[i]);
            // The answer's key is spelled as the request spells it, so the caller finds it.
            else columns[i] = RecordColumn.Of(field.Name, items.Catalog) with { Name = names[i] };
        }
        if (unknown.Count > 0)
        {
            var known = string.Join(", ", schema.Fields.Select(static f => f.Name).Where(static name => name != ColumnNames.ItemId));
            var missing = string.Join(", ", unknown.Select(static name => $"'{name}'"));
            throw RequestRules.Invalid($"metadataColumns names {missing}; the items dataset has {known}.");
        }
        return new ItemMetadata(items, columns);
    }

    /// <returns>The item's values by column; a column without a value is left out.</returns>
    public IReadOnlyDictionary<string, string> Read(string itemId)
    {
        var values = new Dictionary<string, string>(_columns.Length, StringComparer.Ordinal);
        if (!_items.TryGet(itemId, out var item)) return values;
        foreach (var column in _columns)
        {
            if (item.Value(column) is { } value) values[column.Name] = value;
        }
        return values;
    }
}
