using Kindred.Files;
using Kindred.Recipes.Metadata;

namespace Kindred.Recipes.Actions;

/// <summary>The actions that can be recommended, and what users did about them.</summary>
/// <param name="Ids">The actions; their index is the action code.</param>
/// <param name="Interactions">
/// In any order; users have the codes of the interaction log, which knows them also when they have no other interaction.
/// </param>
public sealed record ActionSet(IdTable Ids, IReadOnlyList<LoggedAction> Interactions)
{
    /// <summary>What is known about the actions, row by action code; null = nothing. The reserved columns are not among it.</summary>
    public AttributeTable? Attributes { get; init; }

    /// <summary>VALUE of each action, 1..10, NaN = none; empty = none has one. Settles ties.</summary>
    public ReadOnlyMemory<float> Values { get; init; }

    /// <exception cref="ArgumentException">A code is out of range, or a column has not one place per action.</exception>
    public void ThrowIfInvalid(int userCount)
    {
        foreach (var interaction in Interactions)
        {
            if ((uint)interaction.User >= (uint)userCount || (uint)interaction.Action >= (uint)Ids.Count)
                throw new ArgumentException(
                    $"An action interaction names user {interaction.User} of {userCount} and action {interaction.Action} of {Ids.Count}.");
        }
        if (Attributes is not null && Attributes.RowCount != Ids.Count)
            throw new ArgumentException($"There are attributes for {Attributes.RowCount} actions; {Ids.Count} were expected.");
        if (!Values.IsEmpty && Values.Length != Ids.Count)
            throw new ArgumentException($"There are values for {Values.Length} actions; {Ids.Count} were expected.");
    }
}
