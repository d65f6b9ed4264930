namespace Kindred.Grains.Resources;

/// <summary>How every grain of ours changes what is stored.</summary>
internal static class GuardedState
{
    /// <summary>Replaces the state as a whole.</summary>
    public static Task SaveAsync<TState>(this Grain grain, IPersistentState<TState> state, TState next)
    {
        state.State = next;
        return grain.GuardAsync(() => state.WriteStateAsync());
    }

    /// <summary>
    /// Writes or clears. Whether a write that failed has landed is unknown: memory is a guess then, so the next call reads
    /// from storage.
    /// </summary>
    public static async Task GuardAsync(this Grain grain, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch
        {
            ((IGrainBase)grain).DeactivateOnIdle();
            throw;
        }
    }
}
