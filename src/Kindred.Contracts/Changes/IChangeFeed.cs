namespace Kindred.Contracts.Changes;

/// <summary>
/// Tells every process of a deployment what changed. It is a hurry-up, not a promise: a change may be lost, repeated, late
/// or out of order, so whoever holds something also asks its owner again from time to time.
/// </summary>
public interface IChangeFeed
{
    /// <summary>Called by the subject's owner, once the change is stored. Never throws; waits for no other process.</summary>
    void Publish(Change change);

    /// <summary>
    /// Hears every change published from now on, on the thread that brings it: the subscriber returns at once, and may be called
    /// concurrently.
    /// </summary>
    /// <returns>Ends the subscription when it is disposed.</returns>
    IDisposable Subscribe(Action<Change> subscriber);
}
