using System.Text.Json.Serialization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Solutions;

namespace Kindred.Contracts.Campaigns;

/// <summary>What a campaign remembers. Members keep their <c>Id</c> for ever; a new one takes the next.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.CampaignState")]
public sealed record CampaignState : IResourceState<CampaignState>
{
    public static ResourceKind<CampaignState> Kind { get; } = new()
    {
        Noun = "campaign", ArnType = ResourceTypes.Campaign, Parent = SolutionState.Kind, ParentOf = state => state.SolutionArn,
        Uses =
        [
            new()
            {
                Of = SolutionState.Kind, Holds = (state, solution) => state.SolutionArn == solution,
                Sentence = (state, solution) => $"The solution {solution} is used by the campaign {state.Arn}.",
            },
            new()
            {
                Of = DatasetState.Kind, Holds = (state, dataset) => state.DatasetGroupArn?.Name == dataset.Parent,
                Sentence = (state, dataset) => $"The campaign {state.Arn} uses the dataset {dataset}.",
            },
        ],
    };

    [Id(0)] public required CampaignRecord Campaign { get; init; }
    [Id(1)] public ResourceOrigin Origin { get; init; } = new();
    /// <summary>What is served now; null before the first deploy has ended well.</summary>
    [Id(2)] public CampaignServing? Serving { get; init; }
    /// <summary>What will be served when the deploy under way has ended well; null when none is.</summary>
    [Id(3)] public CampaignServing? Pending { get; init; }
    /// <summary>The solution whose versions the campaign serves.</summary>
    [Id(4)] public Arn SolutionArn { get; init; }

    /// <summary>Whose data it serves, or is about to; null when it does neither, because its first deploy failed.</summary>
    [JsonIgnore] public Arn? DatasetGroupArn => (Serving ?? Pending)?.DatasetGroupArn;
    [JsonIgnore] public Arn Arn => Campaign.Arn;
    [JsonIgnore] public string Status => Campaign.Status;
    public CampaignState WithOrigin(ResourceOrigin origin) => this with { Origin = origin };
}

/// <summary>A named endpoint that serves one solution version.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.CampaignRecord")]
public sealed record CampaignRecord
{
    [Id(0)] public required string Name { get; init; }
    [Id(1), JsonPropertyName("campaignArn")] public required Arn Arn { get; init; }
    [Id(2)] public required Arn SolutionVersionArn { get; init; }
    [Id(3)] public required int MinProvisionedTPS { get; init; }
    /// <summary>As the client gave it.</summary>
    [Id(4), JsonPropertyName("campaignConfig")] public CampaignConfig? Config { get; init; }
    [Id(5)] public required string Status { get; init; }
    [Id(6)] public string? FailureReason { get; init; }
    [Id(7), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(8), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>The newest move to another version; null before there was one.</summary>
    [Id(9), JsonPropertyName("latestCampaignUpdate")] public CampaignUpdateRecord? LatestUpdate { get; init; }
}

/// <summary>A move of a campaign to another version or other settings.</summary>
[GenerateSerializer, Immutable, Alias("Kindred.CampaignUpdateRecord")]
public sealed record CampaignUpdateRecord
{
    [Id(0)] public required Arn SolutionVersionArn { get; init; }
    [Id(1)] public required int MinProvisionedTPS { get; init; }
    [Id(2), JsonPropertyName("campaignConfig")] public CampaignConfig? Config { get; init; }
    [Id(3)] public required string Status { get; init; }
    [Id(4)] public string? FailureReason { get; init; }
    [Id(5), JsonPropertyName("creationDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset CreatedAt { get; init; }
    [Id(6), JsonPropertyName("lastUpdatedDateTime"), JsonConverter(typeof(EpochSecondsConverter))]
    public required DateTimeOffset UpdatedAt { get; init; }
}
