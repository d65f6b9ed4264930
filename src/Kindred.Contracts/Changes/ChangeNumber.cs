namespace Kindred.Contracts.Changes;

/// <summary>The number that the owner of a subject raises with every change and stores with it.</summary>
public static class ChangeNumber
{
    /// <summary>The clock's ticks, or one more than before where the clock has not moved on or was set back.</summary>
    /// <remarks>
    /// A subject that is deleted leaves no number behind. Its successor of the same name starts from the clock, and so above
    /// everything that its predecessor ever said.
    /// </remarks>
    /// <param name="previous">The subject's number so far; 0 for a new one.</param>
    public static long Next(long previous, DateTimeOffset now) => Math.Max(previous + 1, now.UtcTicks);
}
