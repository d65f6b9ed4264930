using Kindred.Contracts.Datasets;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

[Alias("Kindred.IDatasetGroupResource")]
internal interface IDatasetGroupResource : IResource<DatasetGroupState>;
