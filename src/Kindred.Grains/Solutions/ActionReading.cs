using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Files;
using Kindred.Recipes.Actions;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Storage.Datasets;
using Kindred.Storage.Events;
using Kindred.Storage.Segments;

namespace Kindred.Grains.Solutions;

/// <summary>
/// Collects actions and what users did about them. Interactions with actions that the dataset of actions does not name are left out, as are
/// those of another type than Taken, Not Taken and Viewed.
/// </summary>
/// <param name="interactions">Gives users their codes.</param>
internal sealed class ActionReading(InteractionLogBuilder interactions)
{
    private static readonly string[] Reserved =
    [
        ColumnNames.CreationTimestamp, ColumnNames.Value, ColumnNames.RepeatFrequency, ColumnNames.ExpirationTimestamp,
        ColumnNames.ActionExpirationTimestamp,
    ];

    private readonly List<LoggedAction> _events = [];
    private AttributeTable? _attributes;
    private IdTable _ids = IdTable.Empty;

    /// <summary>The actions that there are; before any interaction.</summary>
    public void SetActions(AttributeTableBuilder actions)
    {
        _ids = actions.BuildIds();
        _attributes = actions.Build(_ids);
    }

    /// <summary>A batch of action interactions, whose items are actions.</summary>
    public void Add(InteractionBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch.EventTypes[i] is var type and >= 0)
                Add(batch.UserIds[batch.Users[i]], batch.ItemIds[batch.Items[i]], batch.EventTypeNames[type], batch.Timestamps[i]);
        }
    }

    public Task AddStreamedAsync(IEventLog events, Arn datasetGroup, long fromPosition, CancellationToken cancellationToken) =>
        LinkedEvents.ReadAsync(
            events, datasetGroup, fromPosition, DatasetKinds.ActionInteractions,
            (user, action, streamed) => Add(user, action, streamed.EventType, streamed.SentAt.ToUnixTimeSeconds()), cancellationToken);

    /// <returns>Null without an action.</returns>
    public ActionSet? Build() => _attributes is not { } attributes || _ids.Count == 0 ? null : new ActionSet(_ids, _events)
    {
        Attributes = attributes with { Numbers = [.. attributes.Numbers.Where(column => !Reserved.Contains(column.Name))] },
        Values = attributes.Numbers.FirstOrDefault(column => column.Name is ColumnNames.Value)?.Values,
    };

    private void Add(string user, string action, string eventType, long timestamp)
    {
        if (ActionEvents.TryParse(eventType, out var what) && _ids.TryFind(action, out var code))
            _events.Add(new LoggedAction(interactions.InternUser(user), code, what, timestamp));
    }
}
