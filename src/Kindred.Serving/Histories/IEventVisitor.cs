using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Histories;

/// <summary>Sees everything that one user did, in no particular order.</summary>
internal interface IEventVisitor
{
    void Past(UserHistory history, UserEvents events);
    void Recent(RecentCopy copy, ReadOnlySpan<RecentEvent> events);
}
