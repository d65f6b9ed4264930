using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Grains.Jobs;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Datasets;

[Alias("Kindred.IDatasetResource")]
internal interface IDatasetResource : IResource<DatasetState>
{
    /// <summary>Publishes an import; the same import again changes nothing.</summary>
    /// <returns>The manifest before it, or null if there is no such dataset.</returns>
    [Alias("PublishImportAsync")]
    Task<DatasetData?> PublishImportAsync(ImportPublication publication);

    /// <summary>Publishes a compaction.</summary>
    /// <returns>The manifest before it, or null if there is no such dataset, or it has moved on since.</returns>
    [Alias("PublishCompactionAsync")]
    Task<DatasetData?> PublishCompactionAsync(CompactionPublication publication);

    /// <summary>Publishes a data deletion; the same deletion again changes nothing.</summary>
    /// <returns>False when the dataset has moved on since the deletion began; there is nothing to do where the dataset is gone.</returns>
    [Alias("PublishDeletionAsync")]
    Task<bool> PublishDeletionAsync(DeletionPublication publication);

    /// <summary>Gives the dataset another schema, of which the caller has made sure that it fits the data.</summary>
    [Alias("ChangeSchemaAsync")]
    Task ChangeSchemaAsync(Arn schemaArn, string document);
}
