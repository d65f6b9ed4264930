using Kindred.Contracts.Arns;
using Kindred.Contracts.Changes;

namespace Kindred.Contracts.Campaigns;

/// <summary>What the hot path needs to know of one ACTIVE campaign: the decision that its grain owns.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.CampaignServing")]
public sealed record CampaignServing
{
    [Id(0)] public required Arn CampaignArn { get; init; }
    [Id(1)] public required Arn SolutionVersionArn { get; init; }
    [Id(2)] public required Arn DatasetGroupArn { get; init; }
    /// <summary>The recipe's name, such as <c>aws-user-personalization-v2</c>.</summary>
    [Id(3)] public required string Recipe { get; init; }
    /// <summary>The model artifact, relative to the data folder.</summary>
    [Id(4)] public required string ArtifactPath { get; init; }
    [Id(5)] public bool MetadataEnabled { get; init; }
    /// <summary><c>itemExplorationConfig</c> of the campaign, as the client gave it.</summary>
    [Id(6)] public IReadOnlyDictionary<string, string> ItemExploration { get; init; } = new Dictionary<string, string>();
    /// <summary><c>rankingInfluence</c> of the campaign, 0..1 by POPULARITY and FRESHNESS; what is not there is 0.</summary>
    [Id(7)] public IReadOnlyDictionary<string, double> RankingInfluence { get; init; } = new Dictionary<string, double>();
    /// <summary>Of the <see cref="ChangedSubject.Campaign"/>: rises with every change of what is served.</summary>
    [Id(8)] public long Number { get; init; }
}
