namespace Kindred.Storage.Schemas;

internal static class AvroRecordReader
{
    public static (string Name, IReadOnlyList<SchemaField> Fields) Read(string avroJson) => throw new NotSupportedException();
}
