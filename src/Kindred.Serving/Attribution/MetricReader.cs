using System.Globalization;
using System.Text.Json;
using Kindred.Contracts.Attribution;
using Kindred.Contracts.Datasets;
using Kindred.Serving.Groups;
using Kindred.Serving.Records;
using Kindred.Storage.Schemas;

namespace Kindred.Serving.Attribution;

/// <summary>Reads what single events add to a metric. Made for one look at the group's data.</summary>
internal sealed class MetricReader
{
    private readonly DatasetRecords _items;
    private readonly RecordColumn _column;

    public MetricReader(AttributedMetric metric, GroupView group)
    {
        (Metric, Expression, _items) = (metric, Spelled(MetricExpression.Parse(metric.Expression), group), group.Items);
        if (Expression.DatasetType is DatasetTypes.Items) _column = RecordColumn.Of(Expression.Column!, group.Items.Catalog);
    }

    public AttributedMetric Metric { get; }
    public MetricExpression Expression { get; }

    /// <param name="eventValue">EVENT_VALUE of the event; null or NaN when it has none.</param>
    /// <param name="own">The text of another column of the event; null when it has none.</param>
    /// <returns>Null when the event adds nothing: it is of another type, or has no such value.</returns>
    public double? Read(string? eventType, string? itemId, double? eventValue, Func<string, string?> own)
    {
        if (eventType != Metric.EventType) return null;
        return Expression switch
        {
            { Column: null } => 1,
            { DatasetType: DatasetTypes.Items } => itemId is not null && _items.TryGet(itemId, out var item) ? Number(item.Value(_column)) : null,
            { Column: ColumnNames.EventValue } => eventValue is { } value && double.IsFinite(value) ? value : null,
            { Column: var column } => Number(own(column)),
        };
    }

    /// <summary>A column among an event's properties.</summary>
    public static string? Property(string? propertiesJson, string column)
    {
        if (propertiesJson is null) return null;
        using var properties = JsonDocument.Parse(propertiesJson);
        foreach (var property in properties.RootElement.EnumerateObject())
        {
            if (RecordProperties.IsKeyOf(column, property.Name))
                return property.Value.ValueKind is JsonValueKind.String ? property.Value.GetString() : property.Value.GetRawText();
        }
        return null;
    }

    /// <summary>The column as its dataset has it now, which may be without it since the metric was made.</summary>
    private static MetricExpression Spelled(MetricExpression expression, GroupView group)
    {
        if (expression is not { DatasetType: { } type, Column: { } column }) return expression;
        string[] names = [ColumnNames.EventValue, .. group.Data.Find(type) is { } data ? group.SchemaOf(data.DatasetArn)!.Fields.Select(f => f.Name) : []];
        return expression with { Column = names.FirstOrDefault(name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) ?? column };
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
