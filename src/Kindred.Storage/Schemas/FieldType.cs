namespace Kindred.Storage.Schemas;

/// <summary>The primitive Avro types that a dataset schema may use.</summary>
public enum FieldType
{
    Float,
    Double,
    Int,
    Long,
    String,
    Boolean,
    Null,
}
