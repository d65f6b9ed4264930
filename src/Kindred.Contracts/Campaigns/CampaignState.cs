using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;

namespace Kindred.Contracts.Campaigns;

/// <summary>What a campaign remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.CampaignState")]
public sealed record CampaignState : IResourceState
{
    [Id(0)] public Campaign? Campaign { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>What is served now; null before the first deploy has ended well.</summary>
    [Id(2)] public CampaignServing? Serving { get; init; }
    /// <summary>What will be served when the deploy under way has ended well; null when none is.</summary>
    [Id(3)] public CampaignServing? Pending { get; init; }
    /// <summary>The solution whose versions the campaign serves.</summary>
    [Id(4)] public Arn SolutionArn { get; init; }
}
