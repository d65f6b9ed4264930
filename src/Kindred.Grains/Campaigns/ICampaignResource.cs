using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Campaigns;

[Alias("Kindred.ICampaignResource")]
internal interface ICampaignResource : IResource<CampaignState>
{
    /// <summary>Begins moving to <paramref name="target"/>; what is served now is served until the move has ended.</summary>
    /// <exception cref="Contracts.Refusals.RefusedException">An earlier deploy has not ended.</exception>
    [Alias("BeginUpdateAsync")]
    Task BeginUpdateAsync(CampaignServing target, int? minProvisionedTps, CampaignConfig? config);

    /// <returns>False when there is nothing to deploy.</returns>
    [Alias("BeginDeployAsync")]
    Task<bool> BeginDeployAsync();

    /// <summary>The model of <paramref name="solutionVersionArn"/> is loaded: from now on it is served.</summary>
    [Alias("CompleteDeployAsync")]
    Task CompleteDeployAsync(string solutionVersionArn);

    /// <summary>The version has a new model under another path: whatever serves or is to serve the version takes it.</summary>
    [Alias("ReplaceModelAsync")]
    Task ReplaceModelAsync(string solutionVersionArn, string artifactPath);

    [Alias("FailDeployAsync")]
    Task FailDeployAsync(string reason);
}
