using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Schemas;
using Kindred.Grains.Resources;
using Kindred.Storage.Schemas;

namespace Kindred.Grains.Schemas;

/// <summary>Making and deleting schemas; runs on the tenant's turn.</summary>
internal sealed class SchemaOperations(IGrainFactory grains, Inventory inventory, TenantLimits limits, TimeProvider clock)
{
    public async Task<CreateSchemaResponse> CreateAsync(CreateSchemaRequest request, Caller caller)
    {
        var arn = Arn.Schema(caller.Region, caller.Account, request.Name).Checked();
        var schema = grains.GetGrain<ISchemaResource>(arn.ToString());
        if (!await schema.IsRepeatAsync(arn, caller))
        {
            CheckDocument(request);
            if ((await inventory.SchemasAsync(arn)).Count >= limits.Schemas)
                throw Refuse.TooMany($"An account can have at most {limits.Schemas} schemas.");
            await schema.CreateAsync(Created(arn, request, caller));
        }
        return new CreateSchemaResponse { SchemaArn = arn.ToString() };
    }

    public async Task DeleteAsync(DeleteSchemaRequest request, Caller caller)
    {
        var arn = caller.Own(request.SchemaArn, ResourceTypes.Schema);
        var schema = grains.GetGrain<ISchemaResource>(arn.ToString());
        if (await schema.FindAsync() is null) throw Refuse.NotFound(arn);
        var users = (await inventory.AllDatasetsAsync(arn)).FindAll(dataset => dataset.Dataset!.SchemaArn == arn.ToString());
        if (users.Count > 0) throw Refuse.InUse($"The schema {arn} is used by the dataset {users[0].Dataset!.DatasetArn}.");
        await schema.DeleteAsync();
    }

    /// <summary>A record whose name tells its dataset type is held to that type's rules now; any other, when a dataset takes it.</summary>
    private static void CheckDocument(CreateSchemaRequest request)
    {
        var schema = ParsedSchema.Parse(request.Schema);
        if (DatasetTypes.Find(schema.Name) is { } type) schema.CheckFor(type, request.Domain);
    }

    private SchemaState Created(Arn arn, CreateSchemaRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new SchemaState
        {
            Schema = new DatasetSchema
            {
                Name = request.Name, SchemaArn = arn.ToString(), Schema = request.Schema, Domain = request.Domain,
                CreationDateTime = now, LastUpdatedDateTime = now,
            },
            Origin = caller.Origin(tags: null),
        };
    }
}
