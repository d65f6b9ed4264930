using Kindred.Contracts.Datasets;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Deletions;

[Alias("Kindred.IDataDeletionJobResource")]
internal interface IDataDeletionJobResource : IResource<DataDeletionJobState>
{
    /// <param name="eventsBefore">Where the log ends now. An attempt that comes later keeps to the position of the first.</param>
    /// <returns>False when there is nothing to do: no such job, or it has ended.</returns>
    [Alias("BeginAsync")]
    Task<bool> BeginAsync(long eventsBefore);

    /// <summary>No dataset names the users any more.</summary>
    [Alias("RemovedAsync")]
    Task RemovedAsync(DeletionReceipt receipt);

    /// <summary>No file holds them either.</summary>
    [Alias("CompleteAsync")]
    Task CompleteAsync();

    [Alias("FailAsync")]
    Task FailAsync(string reason);
}
