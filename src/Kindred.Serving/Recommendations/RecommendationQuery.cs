using Kindred.Recipes;
using Kindred.Serving.Exploration;
using Kindred.Serving.Filters;

namespace Kindred.Serving.Recommendations;

/// <summary>What is asked of a model and a group's data: no wire shapes, no HTTP.</summary>
internal sealed record RecommendationQuery
{
    /// <summary>A user, an anonymous session, or null where the recipe needs none.</summary>
    public string? UserId { get; init; }

    /// <summary>The item to relate to, or null where the recipe needs none.</summary>
    public string? ItemId { get; init; }

    /// <summary>The only items wanted, in any order; one that comes twice counts once. Null = any item.</summary>
    public IReadOnlyList<string>? Given { get; init; }

    /// <summary>What is known of the event to come; null = nothing.</summary>
    public EventContext? Context { get; init; }

    /// <summary>Items wanted, 1 to <see cref="RequestRules.MaxResults"/>; fewer when there are no more. Of given items all are wanted.</summary>
    public int Count { get; init; } = RequestRules.DefaultResults;

    /// <summary>How much goes to items that the model has not met.</summary>
    public ExplorationSettings Exploration { get; init; }

    /// <summary><c>rankingInfluence</c> of the endpoint, for related items; null = none.</summary>
    public IReadOnlyDictionary<string, double>? Influence { get; init; }

    /// <summary>What the use case leaves out by itself; null = nothing.</summary>
    public BoundFilter? BuiltIn { get; init; }

    /// <summary>What may be shown; null = everything.</summary>
    public BoundFilter? Filter { get; init; }

    /// <summary>What is to be shown among the others; null = nothing in particular.</summary>
    public RequestedPromotion? Promotion { get; init; }

    /// <summary>Columns to see beside the items; null = none.</summary>
    public ItemMetadata? Metadata { get; init; }

    /// <summary>Whether the scores are kept for the next query; not where nobody will ask again.</summary>
    public bool KeepsScores { get; init; } = true;

    /// <summary>For the age of new items.</summary>
    public required DateTimeOffset Now { get; init; }
}
