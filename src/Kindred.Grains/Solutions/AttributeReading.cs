using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Recipes.Metadata;
using Kindred.Storage.Events;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Grains.Solutions;

/// <summary>
/// Brings an items or users dataset into the table that recipes train on. Categorical, textual and numeric columns train, and item names; booleans
/// and plain strings never do.
/// </summary>
internal sealed class AttributeReading
{
    private readonly string _type;
    private readonly ParsedSchema _schema;
    private readonly int[] _fields; // of the columns, in the schema
    private readonly string?[] _row;

    public AttributeReading(DatasetData data, TrainingDataConfig? config)
    {
        (_type, _schema) = (data.DatasetType, ParsedSchema.Parse(data.Schema));
        IdColumn = _type == DatasetTypes.Users ? ColumnNames.UserId : ColumnNames.ItemId;
        var columns = ColumnsOf(_schema, _type, config);
        Columns = [.. columns.Select(column => column.Name)];
        _fields = [.. Columns.Select(_schema.IndexOf)];
        _row = new string?[Columns.Count];
        Table = new AttributeTableBuilder(columns,
            _type == DatasetTypes.Users ? AttributeTableBuilder.MaxUserColumns : AttributeTableBuilder.MaxItemColumns);
    }

    public string IdColumn { get; }

    /// <summary>The columns that train.</summary>
    public IReadOnlyList<string> Columns { get; }

    public AttributeTableBuilder Table { get; }

    /// <summary>The columns of a dataset that train, and how each is read.</summary>
    public static IReadOnlyList<AttributeColumn> ColumnsOf(ParsedSchema schema, string datasetType, TrainingDataConfig? config)
    {
        var included = Find(config?.IncludedDatasetColumns, datasetType);
        var excluded = Find(config?.ExcludedDatasetColumns, datasetType);
        return
        [
            .. schema.Fields
                .Where(field => included?.Contains(field.Name) != false && excluded?.Contains(field.Name) != true)
                .Select(field => KindOf(field) is { } kind ? new AttributeColumn(field.Name, kind) : null).OfType<AttributeColumn>(),
        ];
    }

    public void Add(RecordBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            for (var c = 0; c < _row.Length; c++) _row[c] = batch.Columns[c][row];
            Table.Add(batch.Ids[row], _row);
        }
    }

    /// <summary>Adds a record that was put since, if it belongs to this dataset.</summary>
    public void Add(StreamedRecord record)
    {
        if (record is StreamedItem item && _type == DatasetTypes.Items) Add(item.ItemId, item.PropertiesJson);
        else if (record is StreamedUser user && _type == DatasetTypes.Users) Add(user.UserId, user.PropertiesJson);
    }

    private void Add(string id, string? properties)
    {
        var values = RecordProperties.ParseStored(_schema, [IdColumn], properties);
        for (var c = 0; c < _row.Length; c++) _row[c] = values[_fields[c]];
        Table.Add(id, _row);
    }

    private static AttributeKind? KindOf(SchemaField field) => field switch
    {
        { Name: AttributeColumn.CreationTimestamp } => AttributeKind.CreationTime,
        { Type: FieldType.String, Categorical: true } => AttributeKind.Category,
        { Type: FieldType.String, Textual: true } or { Type: FieldType.String, ItemName: true } => AttributeKind.Text,
        { Type: FieldType.Float or FieldType.Double or FieldType.Int or FieldType.Long } => AttributeKind.Number,
        _ => null,
    };

    private static IReadOnlyList<string>? Find(IReadOnlyDictionary<string, IReadOnlyList<string>>? lists, string datasetType) =>
        lists?.FirstOrDefault(list => DatasetTypes.Find(list.Key) == datasetType).Value;
}
