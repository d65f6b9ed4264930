using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Refusals;
using Kindred.Recipes.Actions;
using Kindred.Serving.Actions;
using Kindred.Serving.Groups;
using Kindred.Serving.Records;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Readings;

/// <summary>What serving knows of a dataset group's actions, for people to look at.</summary>
public sealed class ActionReadings(GroupDirectory groups)
{
    /// <summary>Goes through all that users did about actions once: on threads of the pool.</summary>
    /// <param name="most">How many of them are described.</param>
    /// <exception cref="RefusedException">ResourceNotFound, or ServiceUnavailable while the data cannot be read.</exception>
    public async Task<KnownActions> ListAsync(Arn group, int most, CancellationToken cancellationToken)
    {
        using var view = await groups.BorrowExistingAsync(group, cancellationToken);
        return await Task.Run(() => List(view.Value, most, cancellationToken), cancellationToken);
    }

    /// <summary>What is known of actions, by id; an id that nothing is known of is left out.</summary>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public async Task<IReadOnlyDictionary<string, ItemReading>> DescribeAsync(
        Arn group, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        using var view = await groups.BorrowExistingAsync(group, cancellationToken);
        var names = new RecordNames(view.Value.Actions, ColumnNames.ActionId);
        return ids.Distinct(StringComparer.Ordinal).Select(names.Find).OfType<ItemReading>().ToDictionary(action => action.Id, StringComparer.Ordinal);
    }

    /// <summary>What a user did about actions of late, the newest first.</summary>
    /// <param name="userId">A user, or an anonymous visitor's session.</param>
    /// <returns>Empty for one who is unknown.</returns>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public async Task<IReadOnlyList<PastActionReading>> DescribeUserAsync(Arn group, string userId, int most, CancellationToken cancellationToken)
    {
        using var view = await groups.BorrowExistingAsync(group, cancellationToken);
        return [.. PastAction.Read(view.Value, userId).Reverse().Take(most).Select(past => new PastActionReading(
            past.ActionId, ActionEvents.NameOf(past.Event), DateTimeOffset.FromUnixTimeSeconds(past.Time)))];
    }

    private static KnownActions List(GroupView view, int most, CancellationToken cancellationToken)
    {
        var put = view.Actions.Live.Read(view.Actions.LiveFrom).Records.Select(record => record.Id).ToHashSet(StringComparer.Ordinal);
        var catalog = view.Actions.Catalog;
        var imported = Enumerable.Range(0, catalog?.Count ?? 0).Select(row => catalog!.Id(row)).Where(id => !put.Contains(id));
        var names = new RecordNames(view.Actions, ColumnNames.ActionId);
        string[] first = [.. put.Order(StringComparer.Ordinal).Concat(imported).Take(most)];
        var answers = view.ActionHistory is { } history ? Count(history, first, cancellationToken) : [];
        // One that was put again stands in the catalogue too.
        var count = put.Count(id => catalog is null || !catalog.TryGet(id, out _)) + (catalog?.Count ?? 0);
        return new KnownActions(count, [.. first.Select(names.Find).OfType<ItemReading>().Select(action => answers.GetValueOrDefault(action.Id) is { } of
            ? new KnownAction(action, of[(int)ActionEvent.Viewed], of[(int)ActionEvent.NotTaken], of[(int)ActionEvent.Taken])
            : new KnownAction(action, 0, 0, 0))]);
    }

    private static Dictionary<string, long[]> Count(UserHistory history, string[] ids, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long[]>(StringComparer.Ordinal);
        var byCode = new long[]?[history.ItemIds.Count];
        foreach (var id in ids)
        {
            if (history.ItemIds.TryFind(id, out var code)) byCode[code] = counts[id] = new long[3];
        }
        ActionEvent?[] types = [.. history.EventTypes.Select(name => ActionEvents.TryParse(name, out var what) ? what : (ActionEvent?)null)];
        for (var user = 0; user < history.UserCount; user++)
        {
            if (user % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            var events = history.Of(user);
            for (var i = 0; i < events.Count; i++)
            {
                if (events.EventTypes[i] is var type and >= 0 && types[type] is { } what && byCode[events.Items[i]] is { } of) of[(int)what]++;
            }
        }
        return counts;
    }
}
