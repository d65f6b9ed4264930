using Kindred.Contracts.Schemas;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Schemas;

[Alias("Kindred.ISchemaResource")]
internal interface ISchemaResource : IResource<SchemaState>;
