
namespace Kindred.Storage.State;

/// <summary>
/// The reminder table behind the same queue as grain state. Beside the queue it would be a second writer: measured, a busy
/// one kept state writes waiting for up to 13 s, because SQLite's lock goes to whoever asks at the right moment.
/// </summary>
internal sealed class OneWriterReminders(IReminderTable inner, WriterQueue writers) : IReminderTable
{
    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);
    public Task StopAsync(CancellationToken cancellationToken = default) => inner.StopAsync(cancellationToken);
    public Task<ReminderTableData> ReadRows(GrainId grainId) => inner.ReadRows(grainId);
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => inner.ReadRows(begin, end);
    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => inner.ReadRow(grainId, reminderName);

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        using var turn = await writers.EnterAsync().ConfigureAwait(false);
        return await inner.UpsertRow(entry).ConfigureAwait(false);
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        using var turn = await writers.EnterAsync().ConfigureAwait(false);
        return await inner.RemoveRow(grainId, reminderName, eTag).ConfigureAwait(false);
    }

    public async Task TestOnlyClearTable()
    {
        using var turn = await writers.EnterAsync().ConfigureAwait(false);
        await inner.TestOnlyClearTable().ConfigureAwait(false);
    }
}
