namespace Kindred.Storage.Snapshots;

/// <summary>One user's newest interactions, oldest first, as spans over the snapshot: valid until it is disposed.</summary>
public readonly ref struct UserEvents
{
    public int Count => Items.Length;
    /// <summary>Index into <see cref="UserHistory.ItemIds"/>, shape [Count].</summary>
    public ReadOnlySpan<int> Items { get; init; }
    /// <summary>Epoch seconds, shape [Count].</summary>
    public ReadOnlySpan<long> Timestamps { get; init; }
    /// <summary>Index into <see cref="UserHistory.EventTypes"/>, -1 where there is none, shape [Count].</summary>
    public ReadOnlySpan<int> EventTypes { get; init; }
}
