using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Records;

/// <summary>A column of the items or users dataset, resolved for one catalogue.</summary>
/// <param name="Name">As the schema spells it.</param>
/// <param name="Key">Its <see cref="ColumnKey"/>.</param>
/// <param name="CatalogIndex">Its place in the catalogue, or -1.</param>
internal readonly record struct RecordColumn(string Name, string Key, int CatalogIndex)
{
    public static RecordColumn Of(string name, ItemCatalog? catalog)
    {
        var index = -1;
        for (var i = 0; catalog is not null && i < catalog.Columns.Count; i++)
        {
            if (string.Equals(catalog.Columns[i], name, StringComparison.OrdinalIgnoreCase)) index = i;
        }
        return new RecordColumn(name, ColumnKey.Of(name), index);
    }
}
