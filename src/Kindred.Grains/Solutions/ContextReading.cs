using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Storage.Schemas;
using Kindred.Storage.Segments;

namespace Kindred.Grains.Solutions;

/// <summary>
/// Brings the metadata columns of an interactions dataset into the log that recipes train on, where they are the context of each interaction.
/// Categorical and numeric columns train; booleans and plain strings never do.
/// </summary>
internal sealed class ContextReading
{
    private readonly InteractionLogBuilder _builder;
    private readonly ParsedSchema _schema;
    private readonly (int Context, int Field)[] _columns;

    /// <param name="data">The dataset.</param>
    /// <param name="config">Which columns train; null = all that can.</param>
    /// <param name="builder">Receives the columns.</param>
    public ContextReading(DatasetData data, TrainingDataConfig? config, InteractionLogBuilder builder)
    {
        (_builder, _schema) = (builder, ParsedSchema.Parse(data.Schema));
        var columns = AttributeReading.ColumnsOf(_schema, DatasetTypes.Interactions, config)
            .Where(column => column.Kind is AttributeKind.Category or AttributeKind.Number
                && !RecordProperties.EventMembers.Contains(column.Name))
            .ToArray();
        Columns = [.. columns.Select(column => column.Name)];
        _columns = [.. columns
            .Select(column => (builder.AddContext(column.Name, column.Kind is AttributeKind.Number), _schema.IndexOf(column.Name)))];
    }

    /// <summary>Names of the columns that train, in the order in which segments are to be read.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The columns of a batch of interactions, which were read with it.</summary>
    public ContextBatch[] Of(InteractionBatch batch)
    {
        var contexts = new ContextBatch[_columns.Length];
        for (var c = 0; c < contexts.Length; c++) contexts[c] = new ContextBatch(_columns[c].Context, batch.Metadata[c]);
        return contexts;
    }

    /// <summary>Tells the builder what the properties of a streamed event say, which was the last to be added.</summary>
    public void AddToLast(string? propertiesJson)
    {
        if (_columns.Length == 0 || propertiesJson is null) return;
        var values = RecordProperties.ParseStored(_schema, RecordProperties.EventMembers, propertiesJson);
        foreach (var (context, field) in _columns)
        {
            if (values[field] is { } value) _builder.SetContext(_builder.Count - 1, context, value);
        }
    }
}
