using Kindred.Serving.Histories;
using Kindred.Serving.Records;

namespace Kindred.Serving.Groups;

/// <summary>What was streamed to a dataset group and may not be in its snapshots yet. Filled by replay of its log, then by what comes in.</summary>
internal sealed class LiveData
{
    public RecentEvents Events { get; } = new();
    public LiveRecords Items { get; } = new();
    public LiveRecords Users { get; } = new();
}
