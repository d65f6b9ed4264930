using Kindred.Contracts.Datasets;
using Kindred.Serving.Records;

namespace Kindred.Serving.Filters;

/// <summary>The item that related ones are asked for, and which of its values a filter looked at.</summary>
/// <param name="items">The group's items.</param>
/// <param name="itemId">Null where none is asked for.</param>
internal sealed class CurrentItem(DatasetRecords items, string? itemId)
{
    /// <summary>The values that were looked at: with others the filter says something else.</summary>
    public string Key { get; private set; } = "";

    /// <returns>The item's values of a field, one of each category; none when it has none.</returns>
    public IReadOnlyList<FilterLiteral> Values(string field)
    {
        var values = Read(field);
        Key += "\n" + string.Join('|', values.Select(static value => value.Text));
        return values;
    }

    private IReadOnlyList<FilterLiteral> Read(string name)
    {
        if (itemId is not { } id) return [];
        if (name.Equals(ColumnNames.ItemId, StringComparison.OrdinalIgnoreCase)) return [new FilterLiteral(id, IsNumber: false)];
        var field = items.Schema?.Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (field is null || !items.TryGet(id, out var record)) return [];
        if (record.Value(RecordColumn.Of(field.Name, items.Catalog)) is not { } text) return [];
        string[] parts = field.Categorical ? text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [text];
        return [.. parts.Select(static part => new FilterLiteral(part, IsNumber: false))];
    }
}
