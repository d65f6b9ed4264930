using Kindred.Contracts.Datasets;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

[Alias("Kindred.IDatasetGroupResource")]
internal interface IDatasetGroupResource : IResource<DatasetGroupState>
{
    /// <summary>From here on the group is on its way out; its log and files go first.</summary>
    [Alias("BeginDeleteAsync")]
    Task BeginDeleteAsync();

    /// <summary>A dataset of the group has published, or is new, or gone: from now on the group's data has a higher number.</summary>
    [Alias("DataChangedAsync")]
    Task DataChangedAsync();
}
