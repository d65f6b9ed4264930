using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Serving.Caching;

namespace Kindred.Serving;

/// <summary>Which model every ACTIVE campaign serves. Campaign grains own the decision and push it; a miss asks the grain once.</summary>
public sealed class CampaignDirectory
{
    private readonly PullThroughCache<Arn, CampaignServing> _campaigns;
    private readonly IGrainFactory _grains;
    private readonly IResourceCatalog _catalog;

    public CampaignDirectory(IGrainFactory grains, IResourceCatalog catalog, ServingOptions options, TimeProvider clock)
    {
        (_grains, _catalog) = (grains, catalog);
        _campaigns = new(AskAsync, clock, options.AbsenceLifetime, options.MaxAbsences);
    }

    /// <returns>What to serve, or null while the campaign does not exist or serves nothing yet.</returns>
    public ValueTask<CampaignServing?> FindAsync(Arn campaign, CancellationToken cancellationToken) =>
        _campaigns.GetAsync(campaign, cancellationToken);

    /// <summary>The campaign's grain has published a decision: it is served from the next request on.</summary>
    public void Set(CampaignServing serving) => _campaigns.Set(serving.CampaignArn, serving);

    /// <summary>The campaign is gone, or serves nothing any more.</summary>
    public void Remove(Arn campaign) => _campaigns.Remove(campaign);

    private async Task<CampaignServing?> AskAsync(Arn campaign)
    {
        if (!await _catalog.HoldsAsync<CampaignState>(StateNames.Campaign, campaign)) return null;
        // The answer serves everybody who may see the campaign, so it is not asked for in the first asker's name.
        using var entered = CallerContext.EnterService(campaign.Account, "look for a campaign");
        return await _grains.GetGrain<ICampaignGrain>(campaign.ToString()).GetServingAsync(CancellationToken.None);
    }
}
