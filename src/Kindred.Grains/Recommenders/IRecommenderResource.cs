using Kindred.Contracts.Protocol;
using Kindred.Contracts.Recommenders;
using Kindred.Grains.Campaigns;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Recommenders;

[Alias("Kindred.IRecommenderResource")]
internal interface IRecommenderResource : IResource<RecommenderState>, IDeployable
{
    /// <param name="trainingArn">The version that trains for the update; null when the model stays.</param>
    /// <exception cref="Contracts.Refusals.RefusedException">The recommender is not ACTIVE, or an earlier update has not ended.</exception>
    [Alias("BeginUpdateAsync")]
    Task BeginUpdateAsync(RecommenderConfig config, string? trainingArn);

    /// <summary>A version is trained to take the place of the one that serves, and nobody asked for it.</summary>
    [Alias("BeginRenewalAsync")]
    Task BeginRenewalAsync(string trainingArn);

    /// <summary>The training of a version has begun. Nothing happens when there is no such recommender.</summary>
    [Alias("BeginTrainingAsync")]
    Task BeginTrainingAsync(string trainingArn);

    /// <summary>The version that was trained is to be deployed.</summary>
    [Alias("DeployAsync")]
    Task DeployAsync(RecommenderModel model);

    /// <summary>The version has a new model under another path: whatever serves or is to serve the version takes it.</summary>
    [Alias("ReplaceModelAsync")]
    Task ReplaceModelAsync(RecommenderModel model);

    /// <exception cref="Contracts.Refusals.RefusedException">The recommender is not ACTIVE, or its latest update has not ended.</exception>
    [Alias("StopAsync")]
    Task StopAsync();

    /// <exception cref="Contracts.Refusals.RefusedException">The recommender is not INACTIVE.</exception>
    [Alias("StartAsync")]
    Task StartAsync();

    /// <summary>From here on the recommender is on its way out; its versions go first.</summary>
    [Alias("BeginDeleteAsync")]
    Task BeginDeleteAsync();
}
