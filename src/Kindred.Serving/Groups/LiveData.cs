using Kindred.Serving.Histories;
using Kindred.Serving.Records;
using Kindred.Storage.Events;

namespace Kindred.Serving.Groups;

/// <summary>
/// What was streamed to a dataset group and may not be in its snapshots yet: filled from its log, and with what this process takes in.
/// A record that comes both ways counts once.
/// </summary>
internal sealed class LiveData
{
    public RecentEvents Events { get; } = new();
    public LiveRecords Items { get; } = new();
    public LiveRecords Users { get; } = new();
    /// <summary>How far the log is in here.</summary>
    public LogPositions Taken { get; } = new();

    /// <summary>Takes in what this process has appended to the log.</summary>
    /// <param name="first">The position of the first record; the others follow one by one.</param>
    /// <param name="records">The whole append.</param>
    public void Take(long first, IReadOnlyList<StreamedRecord> records)
    {
        for (var i = 0; i < records.Count; i++) Take(first + i, records[i]);
        Taken.Add(first, first + records.Count);
    }

    /// <summary>Takes in one record; its reader says with <see cref="Taken"/> how far it has come.</summary>
    public void Take(long position, StreamedRecord record)
    {
        switch (record)
        {
            case StreamedEvent e:
                Events.Add(position, e);
                break;
            case StreamedItem item:
                Items.Add(position, item.ItemId, item.PropertiesJson);
                break;
            case StreamedUser user:
                Users.Add(position, user.UserId, user.PropertiesJson);
                break;
            default: break; // of a kind that serving does not read
        }
    }
}
