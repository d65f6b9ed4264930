using Kindred.Contracts.Arns;
using Kindred.Recipes.Interactions;
using Kindred.Storage.Events;
using Kindred.Storage.Segments;

namespace Kindred.Grains.Solutions;

/// <summary>Brings segments and streamed events into the log that recipes train on.</summary>
internal static class InteractionReading
{
    public static void Add(InteractionLogBuilder builder, InteractionBatch batch, ContextReading contexts) => builder.AddBatch(new InteractionColumns
    {
        UserDictionary = batch.UserIds,
        Users = batch.Users,
        ItemDictionary = batch.ItemIds,
        Items = batch.Items,
        Timestamps = batch.Timestamps,
        EventTypeDictionary = batch.EventTypeNames,
        EventTypes = batch.EventTypes,
        EventValues = batch.EventValues,
        Contexts = contexts.Of(batch),
    });

    /// <summary>
    /// Adds the events that are still in the log. Events of a session count for the user that any event of it names; those
    /// of sessions without a user do not train. Of several events with one id the first counts.
    /// </summary>
    public static async Task AddStreamedAsync(
        InteractionLogBuilder builder, ContextReading contexts, IEventLog events, Arn datasetGroup, long fromPosition,
        CancellationToken cancellationToken)
    {
        var users = new Dictionary<string, string>();
        await events.ReadAsync(
            datasetGroup, fromPosition,
            (_, record) =>
            {
                if (record is StreamedEvent { UserId: { } user } linking) users[linking.SessionId] = user;
            },
            cancellationToken);

        var seen = new HashSet<string>();
        await events.ReadAsync(
            datasetGroup, fromPosition,
            (_, record) =>
            {
                if (record is not StreamedEvent { ItemId: { } item } streamed || !seen.Add(streamed.EventId)) return;
                if ((streamed.UserId ?? users.GetValueOrDefault(streamed.SessionId)) is not { } user) return;
                builder.Add(user, item, streamed.SentAt.ToUnixTimeSeconds(), streamed.EventType, streamed.EventValue ?? float.NaN);
                contexts.AddToLast(streamed.PropertiesJson);
            },
            cancellationToken);
    }
}
