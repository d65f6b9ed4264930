using Kindred.Serving.Histories;
using Kindred.Serving.Records;
using Kindred.Storage.Events;

namespace Kindred.Serving.Groups;

/// <summary>
/// What was streamed to a dataset group and may not be in its snapshots yet: filled from its log, and with what this process takes in.
/// A record that comes both ways counts once.
/// </summary>
/// <param name="held">Told of every change of <see cref="Bytes"/>, with the difference.</param>
internal sealed class LiveData(Action<long> held)
{
    public RecentEvents Events { get; } = new(held);
    public LiveRecords Items { get; } = new(held);
    public LiveRecords Users { get; } = new(held);
    public LiveRecords Actions { get; } = new(held);
    /// <summary>What users did about actions, which are its items.</summary>
    public RecentEvents ActionEvents { get; } = new(held);

    /// <summary>Memory of the records, as estimated from their lengths.</summary>
    public long Bytes => Events.Bytes + Items.Bytes + Users.Bytes + Actions.Bytes + ActionEvents.Bytes;

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

    /// <summary>The group is in use no more.</summary>
    public void Retire() => held(-Bytes);

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
            case StreamedAction action:
                Actions.Add(position, action.ActionId, action.PropertiesJson);
                break;
            case StreamedActionInteraction interaction:
                ActionEvents.Add(position, interaction.Event);
                break;
            default: break; // of a kind that serving does not read
        }
    }
}
