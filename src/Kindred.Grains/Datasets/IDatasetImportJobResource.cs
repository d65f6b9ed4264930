using Kindred.Contracts.Datasets;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

[Alias("Kindred.IDatasetImportJobResource")]
internal interface IDatasetImportJobResource : IResource<DatasetImportJobState>
{
    /// <returns>False when there is nothing to do: no such job, or it has ended.</returns>
    [Alias("BeginAsync")]
    Task<bool> BeginAsync();

    [Alias("CompleteAsync")]
    Task CompleteAsync(ImportPublication published);

    [Alias("FailAsync")]
    Task FailAsync(string reason);
}
