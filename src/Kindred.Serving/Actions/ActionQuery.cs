namespace Kindred.Serving.Actions;

/// <summary>What is asked of a model of actions and a group's data: no wire shapes, no HTTP.</summary>
internal sealed record ActionQuery
{
    public const int DefaultResults = 5;
    public const int MaxResults = 100;

    /// <summary>A user, or an anonymous session.</summary>
    public required string UserId { get; init; }

    /// <summary>Actions wanted; fewer when there are no more.</summary>
    public int Count { get; init; } = DefaultResults;

    /// <summary>What may be offered; null = everything.</summary>
    public ActionFilter? Filter { get; init; }

    /// <summary>Share of the places that actions without a score take, 0 to 1; with 0 they come behind all others.</summary>
    public double ExplorationWeight { get; init; }

    /// <summary>For what has expired and what was taken lately.</summary>
    public required DateTimeOffset Now { get; init; }
}
