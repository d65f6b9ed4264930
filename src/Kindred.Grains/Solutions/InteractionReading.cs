using Kindred.Contracts.Arns;
using Kindred.Recipes.Interactions;
using Kindred.Storage.Datasets;
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

    /// <summary>Adds the events that are still in the log: see <see cref="LinkedEvents"/>.</summary>
    public static Task AddStreamedAsync(
        InteractionLogBuilder builder, ContextReading contexts, IEventLog events, Arn datasetGroup, long fromPosition,
        CancellationToken cancellationToken) => LinkedEvents.ReadAsync(
        events, datasetGroup, fromPosition, DatasetKinds.Interactions,
        (user, item, streamed) =>
        {
            builder.Add(user, item, streamed.SentAt.ToUnixTimeSeconds(), streamed.EventType, streamed.EventValue ?? float.NaN);
            contexts.AddToLast(streamed.PropertiesJson);
        },
        cancellationToken);
}
