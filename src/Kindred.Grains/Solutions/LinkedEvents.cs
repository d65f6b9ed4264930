using Kindred.Contracts.Arns;
using Kindred.Storage.Datasets;
using Kindred.Storage.Events;

namespace Kindred.Grains.Solutions;

/// <summary>
/// Reads the events that are still in the log. Events of a session count for the user that any event of it names; those of sessions without a
/// user do not train. Of several events with one id the first counts.
/// </summary>
internal static class LinkedEvents
{
    /// <param name="kind">Whose events.</param>
    /// <param name="visit">Is given the user and the item, or action.</param>
    public static async Task ReadAsync(
        IEventLog events, Arn datasetGroup, long fromPosition, DatasetKind kind, Action<string, string, StreamedEvent> visit,
        CancellationToken cancellationToken)
    {
        var users = new Dictionary<string, string>();
        await events.ReadAsync(
            datasetGroup, fromPosition,
            (_, record) =>
            {
                if (kind.EventOf(record) is { UserId: { } user } linking) users[linking.SessionId] = user;
            },
            cancellationToken);

        var seen = new HashSet<string>();
        await events.ReadAsync(
            datasetGroup, fromPosition,
            (_, record) =>
            {
                if (kind.EventOf(record) is not { ItemId: { } item } streamed || !seen.Add(streamed.EventId)) return;
                if ((streamed.UserId ?? users.GetValueOrDefault(streamed.SessionId)) is { } user) visit(user, item, streamed);
            },
            cancellationToken);
    }
}
