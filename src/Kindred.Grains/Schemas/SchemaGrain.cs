using Kindred.Contracts.Schemas;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Schemas;

[GrainType("schema")]
internal sealed class SchemaGrain([PersistentState("state", "Default")] IPersistentState<SchemaState> state)
    : ResourceGrain<SchemaState>(state);
