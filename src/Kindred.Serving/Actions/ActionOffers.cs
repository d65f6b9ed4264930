using System.Globalization;
using Kindred.Contracts.Datasets;
using Kindred.Recipes.Actions;
using Kindred.Serving.Groups;
using Kindred.Serving.Records;

namespace Kindred.Serving.Actions;

/// <summary>
/// Which actions may be offered to a user now: those that the dataset has, that have not expired, that the user has not answered within their
/// repeat frequency, and that the filter lets through.
/// </summary>
internal sealed class ActionOffers
{
    private const long Day = 86_400;

    /// <summary>So many actions of a catalogue are looked at for new ones: the work does not grow with it.</summary>
    private const int MostLookedAt = 10_000;

    private readonly DatasetRecords _actions;
    private readonly long _now;
    private readonly Func<string, KnownRecord, bool>? _filter;
    private readonly Dictionary<string, long> _answered = new(StringComparer.Ordinal);
    private readonly RecordColumn _expiration, _otherExpiration, _repeat, _value;

    public ActionOffers(GroupView group, ActionQuery query, IReadOnlyList<PastAction> past)
    {
        (_actions, _now) = (group.Actions, query.Now.ToUnixTimeSeconds());
        _filter = query.Filter?.For(group, query.UserId, past);
        // Oldest first: the newest answer stays. Only seeing an action is no answer.
        foreach (var done in past.Where(static done => done.Event is not ActionEvent.Viewed)) _answered[done.ActionId] = done.Time;
        RecordColumn Column(string name) => RecordColumn.Of(name, group.Actions.Catalog);
        (_expiration, _otherExpiration) = (Column(ColumnNames.ExpirationTimestamp), Column(ColumnNames.ActionExpirationTimestamp));
        (_repeat, _value) = (Column(ColumnNames.RepeatFrequency), Column(ColumnNames.Value));
    }

    public bool Allows(string id) => _actions.TryGet(id, out var record) && Allows(id, record);

    /// <returns>Actions that may be offered and that a model does not know, those of the highest VALUE first.</returns>
    public IEnumerable<string> Unknown(IActionPropensity model)
    {
        var live = _actions.Live.Read(_actions.LiveFrom).Records;
        var put = live.Select(static record => (record.Id, new KnownRecord(record)));
        return put.Concat(Catalogued()).Where(action => !model.Actions.TryFind(action.Id, out _) && Allows(action.Id, action.Item2))
            .OrderByDescending(action => Number(action.Item2, _value) ?? 0).Select(static action => action.Id);

        IEnumerable<(string Id, KnownRecord)> Catalogued()
        {
            if (_actions.Catalog is not { } catalog) yield break;
            var overtaken = live.Select(static record => record.Id).ToHashSet(StringComparer.Ordinal);
            for (var row = 0; row < Math.Min(catalog.Count, MostLookedAt); row++)
            {
                if (catalog.Id(row) is var id && !overtaken.Contains(id)) yield return (id, new KnownRecord(catalog, row));
            }
        }
    }

    private bool Allows(string id, KnownRecord record)
    {
        if ((Number(record, _expiration) ?? Number(record, _otherExpiration)) <= _now) return false;
        if (Number(record, _repeat) is { } days && _answered.TryGetValue(id, out var answered) && answered + days * Day > _now) return false;
        return _filter is null || _filter(id, record);
    }

    private static double? Number(KnownRecord record, RecordColumn column) =>
        double.TryParse(record.Value(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
