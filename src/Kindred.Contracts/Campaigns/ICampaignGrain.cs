using Orleans.Concurrency;

namespace Kindred.Contracts.Campaigns;

/// <summary>A named endpoint that serves one solution version. Key: the campaign's ARN.</summary>
[Alias("Kindred.ICampaignGrain")]
public interface ICampaignGrain : IGrainWithStringKey
{
    /// <returns>What to serve, or null while there is nothing to serve: no such campaign, or its first deploy is unfinished.</returns>
    [ReadOnly, Alias("GetServingAsync")]
    Task<CampaignServing?> GetServingAsync(CancellationToken cancellationToken);
}
