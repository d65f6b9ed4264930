namespace Kindred.Storage.Schemas;

/// <summary>What a dataset type demands of one named column.</summary>
internal sealed record ColumnRule(string Name, ColumnKind Kind, bool Required = false, bool NullAllowed = false)
{
    /// <returns>What is wrong with the field, or null.</returns>
    public string? FaultOf(SchemaField field)
    {
        var expected = Kind switch
        {
            ColumnKind.Plain => "a plain string",
            ColumnKind.Categorical => "a categorical string",
            ColumnKind.Textual => "a textual string",
            ColumnKind.Long => "a long",
            ColumnKind.Float => "a float",
            _ => "a long or a float",
        };
        var fits = Kind switch
        {
            ColumnKind.Plain => field is { Type: FieldType.String, Categorical: false, Textual: false },
            ColumnKind.Categorical => field is { Type: FieldType.String, Categorical: true },
            ColumnKind.Textual => field is { Type: FieldType.String, Textual: true },
            ColumnKind.Long => field.Type == FieldType.Long,
            ColumnKind.Float => field.Type is FieldType.Float or FieldType.Double,
            _ => field.Type is FieldType.Long or FieldType.Float,
        };
        if (!fits) return $"The reserved field {Name} must be {expected}{(NullAllowed ? " (null allowed)" : "")}.";
        return field.Nullable && !NullAllowed ? $"The field {Name} must not allow null." : null;
    }
}

internal enum ColumnKind
{
    Plain,
    Categorical,
    Textual,
    Long,
    Float,
    LongOrFloat,
}
