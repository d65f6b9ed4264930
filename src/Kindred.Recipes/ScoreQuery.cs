namespace Kindred.Recipes;

/// <summary>For whom items are scored. <see langword="default"/> is somebody of whom nothing is known: what is popular.</summary>
public readonly ref struct ScoreQuery
{
    /// <summary>UTF-8 of the user's id; empty, or anybody that the model does not know, adds nothing.</summary>
    public ReadOnlySpan<byte> User { get; init; }

    /// <summary>What the user did, oldest first; empty gives the fallback (popularity). Unknown items are ignored.</summary>
    public ReadOnlySpan<HistoryEvent> History { get; init; }

    /// <summary>Where, when or on what the user asks; what the model does not know adds nothing. Null = nothing is known.</summary>
    public EventContext? Context { get; init; }
}
