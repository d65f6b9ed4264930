using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Serving.Caching;
using Kindred.Serving.Changes;

namespace Kindred.Serving;

/// <summary>
/// Which model every ACTIVE campaign serves. Campaign grains own the decision and say when it changed; whoever needs it asks.
/// </summary>
public sealed class CampaignDirectory : IDisposable
{
    private readonly IGrainFactory _grains;
    private readonly IResourceCatalog _catalog;
    private readonly VersionedCache<Arn, CampaignServing> _campaigns;
    private readonly IDisposable _subscription;

    public CampaignDirectory(IGrainFactory grains, IResourceCatalog catalog, IChangeFeed feed, ServingOptions options, TimeProvider clock)
    {
        (_grains, _catalog) = (grains, catalog);
        _campaigns = new(AskAsync, CacheRules.Of(options, "campaigns"), clock);
        _subscription = feed.Subscribe(ChangedSubject.Campaign, _campaigns);
    }

    /// <returns>What to serve, or null while the campaign does not exist or serves nothing yet.</returns>
    public ValueTask<CampaignServing?> FindAsync(Arn campaign, CancellationToken cancellationToken) =>
        _campaigns.GetAsync(campaign, cancellationToken);

    /// <summary>What is held has turned out wrong: asks the campaign's grain, so that the next <see cref="FindAsync"/> has its answer.</summary>
    public Task AskAgainAsync(Arn campaign, CancellationToken cancellationToken) => _campaigns.RefreshAsync(campaign, cancellationToken);

    public void Dispose() => _subscription.Dispose();

    private async Task<Answer<CampaignServing>?> AskAsync(Arn campaign, CampaignServing? held)
    {
        if (held is null && await _catalog.FindAsync<CampaignState>(campaign) is null) return null;
        using var _ = CallerContext.EnterService(campaign.Account, "look for a campaign");
        var serving = await _grains.GetGrain<ICampaignGrain>(campaign.ToString()).GetServingAsync(CancellationToken.None);
        return serving is null ? null : new(serving.Number, serving);
    }
}
