using Kindred.Contracts.Protocol;
using Kindred.Contracts.Schemas;

namespace Kindred.Operations.ControlPlane;

internal static class SchemaHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateSchemaRequest, CreateSchemaResponse>();
        table.Change<DeleteSchemaRequest>();
        table.Describe<SchemaState, DescribeSchemaRequest, DescribeSchemaResponse>(
            request => request.SchemaArn, state => new() { Schema = Describe(state.Schema) });
        table.List<SchemaState, DatasetSchemaSummary, ListSchemasRequest, ListSchemasResponse>(
            request => new(request.MaxResults, request.NextToken), state => Summarize(state.Schema),
            (schemas, nextToken) => new() { Schemas = schemas, NextToken = nextToken });
    }

    private static DatasetSchema Describe(SchemaRecord schema) => new()
    {
        Name = schema.Name,
        SchemaArn = schema.Arn.ToString(),
        Schema = schema.Document,
        Domain = schema.Domain,
        CreationDateTime = schema.CreatedAt,
        LastUpdatedDateTime = schema.UpdatedAt,
    };

    private static DatasetSchemaSummary Summarize(SchemaRecord schema) => new()
    {
        Name = schema.Name,
        SchemaArn = schema.Arn.ToString(),
        Domain = schema.Domain,
        CreationDateTime = schema.CreatedAt,
        LastUpdatedDateTime = schema.UpdatedAt,
    };
}
