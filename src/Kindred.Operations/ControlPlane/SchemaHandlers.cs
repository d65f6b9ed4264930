using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Schemas;

namespace Kindred.Operations.ControlPlane;

internal static class SchemaHandlers
{
    public static void AddSchemaHandlers(this OperationTable table)
    {
        table.Handle<CreateSchemaRequest, CreateSchemaResponse>(
            "CreateSchema", (request, context) => context.Tenant().CreateSchemaAsync(request, context.Caller));
        table.Handle<DeleteSchemaRequest>("DeleteSchema", (request, context) =>
            context.Tenant().DeleteSchemaAsync(request, context.Caller));
        table.Handle<DescribeSchemaRequest, DescribeSchemaResponse>("DescribeSchema", DescribeAsync);
        table.Handle<ListSchemasRequest, ListSchemasResponse>("ListSchemas", ListAsync);
    }

    private static async Task<DescribeSchemaResponse> DescribeAsync(DescribeSchemaRequest request, OperationContext context)
    {
        var schema = await context.Resource<ISchemaGrain>(request.SchemaArn, ResourceTypes.Schema).DescribeAsync(context.CancellationToken);
        return new() { Schema = ResourceCalls.Found(schema, request.SchemaArn) };
    }

    private static async Task<ListSchemasResponse> ListAsync(ListSchemasRequest request, OperationContext context)
    {
        var list = new ResourceList<SchemaState, DatasetSchemaSummary>(
            "ListSchemas", StateNames.Schema, Arn.Prefix(context.Caller.Region, context.Caller.Account, ResourceTypes.Schema), "",
            state => Summarize(state.Schema));
        var (schemas, nextToken) = await ResourcePages.Of(context).ReadAsync(list, context, request.MaxResults, request.NextToken);
        return new() { Schemas = schemas, NextToken = nextToken };
    }

    private static DatasetSchemaSummary? Summarize(DatasetSchema? schema) => schema is null ? null : new()
    {
        Name = schema.Name,
        SchemaArn = schema.SchemaArn,
        CreationDateTime = schema.CreationDateTime,
        LastUpdatedDateTime = schema.LastUpdatedDateTime,
        Domain = schema.Domain,
    };
}
