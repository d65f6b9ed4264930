using Kindred.Contracts.Arns;

namespace Kindred.Serving.Endpoints;

/// <summary>What the hot path needs to know of a resource that answers requests, whatever kind of resource it is.</summary>
public sealed record ServedEndpoint
{
    public required Arn EndpointArn { get; init; }
    public required Arn DatasetGroupArn { get; init; }
    /// <summary>The recipe's name, such as <c>aws-user-personalization-v2</c>.</summary>
    public required string Recipe { get; init; }
    /// <summary>The model artifact, as the model store names it.</summary>
    public required string ArtifactPath { get; init; }
    public bool MetadataEnabled { get; init; }
    /// <summary><c>itemExplorationConfig</c>, as the client gave it.</summary>
    public required IReadOnlyDictionary<string, string> ItemExploration { get; init; }
    /// <summary><c>rankingInfluence</c>, 0..1 by POPULARITY and FRESHNESS; what is not there is 0.</summary>
    public required IReadOnlyDictionary<string, double> RankingInfluence { get; init; }

    /// <summary>As sentences name it: <c>campaign 'arn:…'</c>.</summary>
    public override string ToString() => Named(EndpointArn);

    /// <inheritdoc cref="ToString"/>
    public static string Named(Arn endpoint) => $"{endpoint.Type} '{endpoint}'";
}
