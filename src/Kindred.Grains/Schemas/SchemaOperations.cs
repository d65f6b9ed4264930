using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Schemas;
using Kindred.Grains.Resources;
using Kindred.Storage.Datasets;
using Kindred.Storage.Schemas;

namespace Kindred.Grains.Schemas;

/// <summary>Making schemas; runs on the tenant's turn.</summary>
internal sealed class SchemaOperations(IGrainFactory grains, Inventory inventory, TenantLimits limits, TimeProvider clock)
{
    public async Task<CreateSchemaResponse> CreateAsync(CreateSchemaRequest request, Caller caller)
    {
        var arn = caller.Name<SchemaState>(request.Name);
        if (!await grains.IsRepeatAsync<SchemaState>(arn, caller))
        {
            CheckDocument(request);
            if ((await inventory.OfAccountAsync<SchemaState>(arn)).Count >= limits.Schemas)
                throw Refuse.TooMany($"An account can have at most {limits.Schemas} schemas.");
            await grains.Resource<SchemaState>(arn).CreateAsync(Created(arn, request, caller));
        }
        return new CreateSchemaResponse { SchemaArn = arn.ToString() };
    }

    /// <summary>A record whose name tells its dataset type is held to that type's rules now; any other, when a dataset takes it.</summary>
    private static void CheckDocument(CreateSchemaRequest request)
    {
        var schema = ParsedSchema.Parse(request.Schema);
        if (DatasetKinds.Find(schema.Name) is { } kind) schema.CheckFor(kind.Name, request.Domain);
    }

    private SchemaState Created(Arn arn, CreateSchemaRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new SchemaState
        {
            Schema = new SchemaRecord
            {
                Name = request.Name, Arn = arn, Document = request.Schema, Domain = request.Domain, CreatedAt = now, UpdatedAt = now,
            },
            Origin = caller.Origin(tags: null),
        };
    }
}
