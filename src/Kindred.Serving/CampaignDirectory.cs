using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Serving.Caching;

namespace Kindred.Serving;

/// <summary>Which model every ACTIVE campaign serves. Campaign grains own the decision and push it; a miss asks the grain once.</summary>
public sealed class CampaignDirectory
{
    private readonly PullThroughCache<Arn, CampaignServing> _campaigns;

    public CampaignDirectory(IGrainFactory grains, IResourceCatalog catalog, ServingOptions options, TimeProvider clock) =>
        _campaigns = new(
            async arn => await catalog.HoldsAsync<CampaignState>(StateNames.Campaign, arn)
                ? await grains.GetGrain<ICampaignGrain>(arn.ToString()).GetServingAsync(CancellationToken.None)
                : null,
            clock, options.AbsenceLifetime, options.MaxAbsences);

    /// <returns>What to serve, or null while the campaign does not exist or serves nothing yet.</returns>
    public ValueTask<CampaignServing?> FindAsync(Arn campaign, CancellationToken cancellationToken) =>
        _campaigns.GetAsync(campaign, cancellationToken);

    /// <summary>The campaign's grain has published a decision: it is served from the next request on.</summary>
    public void Set(CampaignServing serving) => _campaigns.Set(serving.CampaignArn, serving);

    /// <summary>The campaign is gone, or serves nothing any more.</summary>
    public void Remove(Arn campaign) => _campaigns.Remove(campaign);
}
