using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;

namespace Kindred.Storage.Schemas;

/// <summary>The columns of a dataset, parsed from the Avro record that describes them.</summary>
public sealed class ParsedSchema
{
    private readonly Dictionary<string, int> _indices;

    private ParsedSchema(string name, IReadOnlyList<SchemaField> fields)
    {
        (Name, Fields) = (name, fields);
        _indices = new Dictionary<string, int>(fields.Count, StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++) _indices.TryAdd(fields[i].Name, i);
    }

    /// <summary>The record's name: <c>Interactions</c>, <c>Items</c>, <c>Users</c>.</summary>
    public string Name { get; }

    /// <summary>The columns, in the order of the schema.</summary>
    public IReadOnlyList<SchemaField> Fields { get; }

    /// <param name="avroJson">An Avro record of primitive fields, as CreateSchema takes it.</param>
    /// <exception cref="RefusedException">It is not such a record; the message lists every fault.</exception>
    public static ParsedSchema Parse(string avroJson)
    {
        var (name, fields) = AvroRecordReader.Read(avroJson);
        return new ParsedSchema(name, fields.Any(field => field.Name is ColumnNames.ActionId) ? [.. fields.Select(WithRange)] : fields);
    }

    /// <summary>Two columns of actions have values that the service reads itself.</summary>
    private static SchemaField WithRange(SchemaField field) => field switch
    {
        { Name: ColumnNames.Value, Type: FieldType.Long } => field with { Range = (1, 10) },
        { Name: ColumnNames.RepeatFrequency, Type: FieldType.Long } => field with { Range = (0, 30) },
        _ => field,
    };

    /// <summary>Checks the schema against the rules of a dataset type.</summary>
    /// <param name="datasetType">Any case: <c>Interactions</c>, <c>Items</c>, <c>Users</c>.</param>
    /// <param name="domain"><c>ECOMMERCE</c>, <c>VIDEO_ON_DEMAND</c> or null.</param>
    /// <exception cref="RefusedException">A rule is broken; the message lists every fault.</exception>
    public void CheckFor(string datasetType, string? domain) => SchemaRules.Check(this, datasetType, domain);

    /// <returns>The column of that exact name, or null.</returns>
    public SchemaField? Find(string name) => _indices.TryGetValue(name, out var index) ? Fields[index] : null;

    /// <summary>The position of a column in <see cref="Fields"/>, or -1.</summary>
    public int IndexOf(string name) => _indices.GetValueOrDefault(name, -1);
}
