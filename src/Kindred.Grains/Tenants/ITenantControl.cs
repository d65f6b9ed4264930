using Kindred.Contracts.Arns;
using Orleans.Concurrency;

namespace Kindred.Grains.Tenants;

/// <summary>What resources ask of their tenant. One way, so that a resource never waits for a tenant that waits for it.</summary>
[Alias("Kindred.ITenantControl")]
internal interface ITenantControl : IGrainWithStringKey
{
    /// <param name="owner">A solution, or a recommender.</param>
    [OneWay, Alias("TrainIfDueAsync")]
    Task TrainIfDueAsync(Arn owner);

    /// <param name="newestPut">The log position of the newest item that is not compacted, below 0 when there is none.</param>
    [OneWay, Alias("UpdateIfDueAsync")]
    Task UpdateIfDueAsync(Arn solution, long newestPut);

    /// <summary>Moves the campaigns that follow a solution to its latest version.</summary>
    [OneWay, Alias("SyncCampaignsAsync")]
    Task SyncCampaignsAsync(Arn solution);

    /// <summary>Brings a recommender to what its versions are now.</summary>
    [OneWay, Alias("SyncRecommenderAsync")]
    Task SyncRecommenderAsync(Arn recommender);

    /// <summary>Goes on with the delete of a resource that the death of the process interrupted.</summary>
    [Alias("FinishDeleteAsync")]
    Task FinishDeleteAsync(Arn resource);
}
