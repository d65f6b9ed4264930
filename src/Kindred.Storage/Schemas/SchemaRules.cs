namespace Kindred.Storage.Schemas;

internal static class SchemaRules
{
    public static void Check(DatasetSchema schema, string datasetType, string? domain) => throw new NotSupportedException();
}
