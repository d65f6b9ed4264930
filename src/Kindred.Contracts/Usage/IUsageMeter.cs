namespace Kindred.Contracts.Usage;

/// <summary>
/// Counts what tenants use, for their own eyes and the operator's. Counting costs a request some tens of nanoseconds; counts reach the disk
/// every half minute and when the process stops, so a process that dies loses at most that much of them.
/// </summary>
public interface IUsageMeter
{
    /// <param name="account">12 digits.</param>
    /// <param name="subject">What it was for; only what exists may stand here, because each is kept.</param>
    void Count(string account, UsageMeasure measure, string subject, long count = 1);

    /// <param name="from">The first day, UTC.</param>
    /// <param name="until">The last day, UTC, inclusive.</param>
    /// <returns>In order of days; what was counted a moment ago is among it.</returns>
    Task<IReadOnlyList<UsageCount>> ReadAsync(string account, DateOnly from, DateOnly until, CancellationToken cancellationToken = default);
}
