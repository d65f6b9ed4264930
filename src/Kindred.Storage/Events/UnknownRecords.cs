using System.Collections.Concurrent;
using Kindred.Contracts.Arns;
using Microsoft.Extensions.Logging;

namespace Kindred.Storage.Events;

/// <summary>Counts the records that were passed over because only a newer release knows their kind; says each kind once per log.</summary>
internal sealed partial class UnknownRecords(ILogger logger)
{
    private readonly ConcurrentDictionary<(Arn Group, byte Kind), bool> _said = new();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Add(Arn group, byte kind)
    {
        Interlocked.Increment(ref _count);
        if (_said.TryAdd((group, kind), true)) LogPassedOver(group, kind);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The event log of {DatasetGroup} holds records of kind {Kind}, which a newer release wrote; they are passed over")]
    private partial void LogPassedOver(Arn datasetGroup, byte kind);
}
