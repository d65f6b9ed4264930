using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Schemas;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Schemas;

[GrainType("schema")]
internal sealed class SchemaGrain([PersistentState("state", "Default")] IPersistentState<SchemaState> state)
    : ResourceGrain<SchemaState>(state), ISchemaGrain, ISchemaResource
{
    public Task<DatasetSchema?> DescribeAsync(CancellationToken cancellationToken) => Task.FromResult(Current?.Schema);

    protected override SchemaState WithOrigin(SchemaState current, ResourceOrigin origin) => current with { Origin = origin };
}
