using System.Collections.Concurrent;
using Kindred.Contracts.Usage;

namespace Kindred.Testing;

/// <summary>Counts in memory.</summary>
internal sealed class CountedUsage : IUsageMeter
{
    private readonly ConcurrentDictionary<(string Account, UsageMeasure Measure, string Subject), long> _counts = new();

    public void Count(string account, UsageMeasure measure, string subject, long count) =>
        _counts.AddOrUpdate((account, measure, subject), count, (_, before) => before + count);

    public Task<IReadOnlyList<UsageCount>> ReadAsync(string account, DateOnly from, DateOnly until, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<UsageCount>>([.. _counts.Where(entry => entry.Key.Account == account)
            .Select(entry => new UsageCount(until, entry.Key.Measure, entry.Key.Subject, entry.Value))]);
}
