using System.Collections.Concurrent;
using Kindred.Contracts.Audit;

namespace Kindred.Identity.Tests;

internal sealed class InMemoryAudit : IAuditTrail
{
    public ConcurrentQueue<AuditEvent> Events { get; } = [];

    public Task RecordAsync(AuditEvent change, CancellationToken cancellationToken = default)
    {
        Events.Enqueue(change);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAsync(string account, AuditQuery query, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<AuditEntry>>([.. Events.Select((e, i) => new AuditEntry(i, default, e)).Where(e => e.Event.Account == account)]);
}
