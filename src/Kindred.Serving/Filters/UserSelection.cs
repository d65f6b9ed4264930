using Kindred.Contracts.Refusals;
using Kindred.Serving.Groups;
using Kindred.Serving.Histories;
using Kindred.Serving.Recommendations;
using Kindred.Storage.Snapshots;

namespace Kindred.Serving.Filters;

/// <summary>A filter about users, with the values of one request: tells of each user whether it lets them through. For one thread.</summary>
internal sealed class UserSelection
{
    private readonly GroupView _group;
    private readonly string? _itemId;
    private readonly List<(FilterClause Clause, RecordTest? Test)> _clauses = [];
    private readonly bool _includes;

    private UserSelection(IReadOnlyList<BoundClause> clauses, string? itemId, GroupView group)
    {
        (_group, _itemId) = (group, itemId);
        var tests = new RecordTests(group.Users, static _ => []);
        foreach (var (clause, _) in clauses)
        {
            _clauses.Add((clause, clause.Dataset is FilterDataset.Interactions ? null : tests.Of(clause.Where)));
            _includes |= clause.Action is FilterAction.Include;
        }
    }

    /// <param name="itemId">The item that users are asked for: conditions on interactions are about those with it. Null for attributes.</param>
    /// <exception cref="RefusedException">The expression cannot be used here, or a value is missing or wrong.</exception>
    public static UserSelection Of(FilterExpression expression, IReadOnlyDictionary<string, string>? values, string? itemId, GroupView group)
    {
        foreach (var clause in expression.Clauses)
        {
            if (clause.Subject is not FilterSubject.User)
                throw RequestRules.Invalid($"The filter is about {clause.Subject}ID; segments of users need one about UserID.");
            if (clause.If.Count > 0)
                throw RequestRules.Invalid("The filter tests CurrentUser, and a segment is asked for by nobody in particular.");
            if (clause.Dataset is FilterDataset.Interactions && itemId is null)
                throw RequestRules.Invalid("The filter tests Interactions, which segments by attributes of items cannot be filtered by.");
        }
        return new UserSelection(FilterBinding.Bind(expression, values), itemId, group);
    }

    public bool Admits(string userId)
    {
        var isIncluded = !_includes;
        foreach (var (clause, test) in _clauses)
        {
            if (!Matches(clause, test, userId)) continue;
            if (clause.Action is FilterAction.Exclude) return false;
            isIncluded = true;
        }
        return isIncluded;
    }

    private bool Matches(FilterClause clause, RecordTest? test, string userId)
    {
        if (test is not null) return test.Matches(userId, _group.Users.TryGet(userId, out var user) ? user : null);
        var visitor = new EventSearch(clause.Where, _itemId!);
        UserHistories.Visit(_group, userId, ref visitor);
        return visitor.IsFound;
    }

    /// <summary>Looks for an event with one item, of a type that a condition names.</summary>
    private struct EventSearch(FilterCondition condition, string itemId) : IEventVisitor
    {
        public bool IsFound { get; private set; }

        public void Past(UserHistory history, UserEvents events)
        {
            if (IsFound || !history.ItemIds.TryFind(itemId, out var item)) return;
            for (var i = 0; i < events.Count && !IsFound; i++)
            {
                if (events.Items[i] != item) continue;
                var type = events.EventTypes[i];
                IsFound = EventTypeTest.Matches(condition, type < 0 ? null : history.EventTypes[type]);
            }
        }

        public void Recent(RecentCopy copy, ReadOnlySpan<RecentEvent> events)
        {
            foreach (var e in events)
                IsFound |= copy.Items[e.Item] == itemId && EventTypeTest.Matches(condition, copy.EventTypes[e.EventType]);
        }
    }
}
