using Kindred.Contracts.Arns;

namespace Kindred.Contracts.Catalog;

/// <summary>One reason for which a resource of another kind cannot be deleted.</summary>
/// <typeparam name="TState">The state of what uses it.</typeparam>
public sealed record ResourceUse<TState>
{
    /// <summary>The kind that is used.</summary>
    public required ResourceKind Of { get; init; }

    /// <summary>Whether a resource in this state needs the one that is to be deleted, which is of its account.</summary>
    public required Func<TState, Arn, bool> Holds { get; init; }

    /// <summary>Says so to whoever wants to delete it.</summary>
    public required Func<TState, Arn, string> Sentence { get; init; }
}
