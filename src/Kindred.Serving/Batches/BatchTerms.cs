using Kindred.Contracts.Arns;

namespace Kindred.Serving.Batches;

/// <summary>With what the lines of a batch job are answered.</summary>
public sealed record BatchTerms
{
    public required Arn DatasetGroupArn { get; init; }
    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }
    /// <summary>The model artifact, as the model store names it.</summary>
    public required string ArtifactPath { get; init; }
    /// <summary>Null when everything may be shown.</summary>
    public Arn? FilterArn { get; init; }
    /// <summary>Items, or users, of an answer; null: 25.</summary>
    public int? NumResults { get; init; }
    /// <summary><c>itemExplorationConfig</c>, as the client gave it.</summary>
    public IReadOnlyDictionary<string, string> ItemExploration { get; init; } = new Dictionary<string, string>();
    /// <summary><c>rankingInfluence</c>, 0..1 by POPULARITY and FRESHNESS.</summary>
    public IReadOnlyDictionary<string, double> RankingInfluence { get; init; } = new Dictionary<string, double>();
}
