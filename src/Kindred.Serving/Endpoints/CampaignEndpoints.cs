using System.Runtime.CompilerServices;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;

namespace Kindred.Serving.Endpoints;

/// <summary>Campaigns as endpoints.</summary>
internal sealed class CampaignEndpoints(CampaignDirectory campaigns) : IEndpointSource
{
    // One per decision of a campaign's grain, so that a request makes none.
    private readonly ConditionalWeakTable<CampaignServing, ServedEndpoint> _endpoints = [];

    public string ResourceType => ResourceTypes.Campaign;

    public async ValueTask<ServedEndpoint?> FindAsync(Arn endpoint, CancellationToken cancellationToken) =>
        await campaigns.FindAsync(endpoint, cancellationToken) is { } serving ? _endpoints.GetValue(serving, Describe) : null;

    public Task AskAgainAsync(Arn endpoint, CancellationToken cancellationToken) => campaigns.AskAgainAsync(endpoint, cancellationToken);

    private static ServedEndpoint Describe(CampaignServing serving) => new()
    {
        EndpointArn = serving.CampaignArn,
        DatasetGroupArn = serving.DatasetGroupArn,
        Recipe = serving.Recipe,
        ArtifactPath = serving.ArtifactPath,
        MetadataEnabled = serving.MetadataEnabled,
        ItemExploration = serving.ItemExploration,
        RankingInfluence = serving.RankingInfluence,
    };
}
