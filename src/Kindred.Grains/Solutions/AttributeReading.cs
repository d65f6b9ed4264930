using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Recipes.Metadata;
using Kindred.Storage.Datasets;
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
    private readonly DatasetKind _kind;
    private readonly ParsedSchema _schema;
    private readonly int[] _fields; // of the columns, in the schema
    private readonly string?[] _row;

    public AttributeReading(DatasetData data, TrainingDataConfig? config)
    {
        (_kind, _schema) = (DatasetKinds.Of(data.DatasetType), ParsedSchema.Parse(data.Schema));
        IdColumn = _kind.RecordId ?? throw new ArgumentException($"A dataset of {_kind.Label} holds no records.", nameof(data));
        var columns = ColumnsOf(_schema, _kind.Name, config);
        Columns = [.. columns.Select(column => column.Name)];
        _fields = [.. Columns.Select(_schema.IndexOf)];
        _row = new string?[Columns.Count];
        Table = new AttributeTableBuilder(columns,
            _kind == DatasetKinds.Users ? AttributeTableBuilder.MaxUserColumns : AttributeTableBuilder.MaxItemColumns);
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
        if (_kind.RecordOf(record) is var (id, properties)) Add(id, properties);
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
        lists?.FirstOrDefault(list => DatasetKinds.Find(list.Key)?.Name == datasetType).Value;
}
