namespace Kindred.Recipes.Interactions;

/// <summary>A batch of interactions with dictionary-coded ids, the shape in which segments are read.</summary>
public readonly ref struct InteractionColumns
{
    public required ReadOnlySpan<string> UserDictionary { get; init; }
    public required ReadOnlySpan<int> Users { get; init; }
    public required ReadOnlySpan<string> ItemDictionary { get; init; }
    public required ReadOnlySpan<int> Items { get; init; }

    /// <summary>Epoch seconds.</summary>
    public required ReadOnlySpan<long> Timestamps { get; init; }

    public ReadOnlySpan<string> EventTypeDictionary { get; init; }

    /// <summary>-1 = none; empty = none at all.</summary>
    public ReadOnlySpan<int> EventTypes { get; init; }

    /// <summary>NaN = none; empty = none at all.</summary>
    public ReadOnlySpan<float> EventValues { get; init; }

    /// <summary>Columns of context; empty = none.</summary>
    public ReadOnlySpan<ContextBatch> Contexts { get; init; }

    internal void ThrowIfUneven()
    {
        if (Users.Length != Timestamps.Length || Items.Length != Timestamps.Length
            || (EventTypes.Length != Timestamps.Length && !EventTypes.IsEmpty)
            || (EventValues.Length != Timestamps.Length && !EventValues.IsEmpty))
            throw new ArgumentException(
                $"A batch has columns of {Users.Length}, {Items.Length}, {Timestamps.Length}, {EventTypes.Length} and {EventValues.Length} values.");
    }
}
