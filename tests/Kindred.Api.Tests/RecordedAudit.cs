using System.Collections.Concurrent;
using Kindred.Contracts.Audit;

namespace Kindred.Testing;

/// <summary>A trail in memory.</summary>
internal sealed class RecordedAudit : IAuditTrail
{
    private readonly ConcurrentQueue<AuditEntry> _entries = new();

    public IReadOnlyList<AuditEvent> Events => [.. _entries.Select(entry => entry.Event)];

    public Task RecordAsync(AuditEvent change, CancellationToken cancellationToken)
    {
        _entries.Enqueue(new AuditEntry(_entries.Count + 1, DateTimeOffset.UnixEpoch, change));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAsync(string account, AuditQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AuditEntry>>([.. _entries.Where(entry => entry.Event.Account == account).Reverse().Take(query.Limit)]);
}
