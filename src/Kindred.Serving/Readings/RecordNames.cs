using Kindred.Serving.Records;

namespace Kindred.Serving.Readings;

/// <summary>Names items or actions by whichever column of their dataset holds their names.</summary>
internal sealed class RecordNames(DatasetRecords records, string idColumn)
{
    private static readonly string[] NameColumns = ["NAME", "TITLE", "ITEM_NAME", "PRODUCT_NAME", "ACTION_NAME"];
    private readonly RecordColumn[] _columns =
        [.. (records.Schema?.Fields ?? []).Where(f => f.Name != idColumn).Select(f => RecordColumn.Of(f.Name, records.Catalog))];

    /// <returns>Null for an id that nothing is known of.</returns>
    public ItemReading? Find(string id)
    {
        if (!records.TryGet(id, out var record)) return null;
        var values = new Dictionary<string, string>();
        foreach (var column in _columns)
        {
            if (record.Value(column) is { } value) values[column.Name] = value;
        }
        return new ItemReading(id, NameColumns.Select(values.GetValueOrDefault).FirstOrDefault(name => name is not null), values);
    }
}
