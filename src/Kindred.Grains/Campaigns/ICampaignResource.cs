using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Protocol;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Campaigns;

[Alias("Kindred.ICampaignResource")]
internal interface ICampaignResource : IResource<CampaignState>, IDeployable
{
    /// <summary>Begins moving to <paramref name="target"/>; what is served now is served until the move has ended.</summary>
    /// <exception cref="Contracts.Refusals.RefusedException">An earlier deploy has not ended.</exception>
    [Alias("BeginUpdateAsync")]
    Task BeginUpdateAsync(CampaignServing target, int? minProvisionedTps, CampaignConfig? config);

    /// <summary>The version has a new model under another path: whatever serves or is to serve the version takes it.</summary>
    [Alias("ReplaceModelAsync")]
    Task ReplaceModelAsync(string solutionVersionArn, string artifactPath);
}
