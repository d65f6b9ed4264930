namespace Kindred.Storage.Segments;

/// <summary>Some consecutive interactions of a segment, as columns of equal length. Valid only during the visit.</summary>
public readonly ref struct InteractionBatch
{
    public int Count => Users.Length;
    /// <summary>Index into <see cref="UserIds"/>, shape [Count].</summary>
    public ReadOnlySpan<int> Users { get; init; }
    /// <summary>Index into <see cref="ItemIds"/>, shape [Count].</summary>
    public ReadOnlySpan<int> Items { get; init; }
    /// <summary>Epoch seconds, shape [Count].</summary>
    public ReadOnlySpan<long> Timestamps { get; init; }
    /// <summary>Index into <see cref="EventTypeNames"/>, -1 where there is none, shape [Count].</summary>
    public ReadOnlySpan<int> EventTypes { get; init; }
    /// <summary>EVENT_VALUE, NaN where there is none, shape [Count].</summary>
    public ReadOnlySpan<float> EventValues { get; init; }
    /// <summary>The metadata columns that were asked for, in that order; each a value or null per interaction, with room behind them.</summary>
    public ReadOnlySpan<string?[]> Metadata { get; init; }
    /// <summary>The distinct users of this batch.</summary>
    public ReadOnlySpan<string> UserIds { get; init; }
    /// <summary>The distinct items of this batch.</summary>
    public ReadOnlySpan<string> ItemIds { get; init; }
    /// <summary>The distinct event types of this batch.</summary>
    public ReadOnlySpan<string> EventTypeNames { get; init; }
}
