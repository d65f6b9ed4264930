using Kindred.Contracts.Refusals;
using Kindred.Serving.Items;
using Kindred.Serving.Recommendations;
using Kindred.Serving.Records;

namespace Kindred.Serving.Filters;

/// <summary>A filter with the values of one request. Immutable.</summary>
/// <param name="clauses">Without parameters.</param>
internal sealed class BoundFilter(IReadOnlyList<BoundClause> clauses)
{
    /// <exception cref="RefusedException">The expression cannot be used here, or a value is missing or wrong.</exception>
    public static BoundFilter Of(FilterExpression expression, IReadOnlyDictionary<string, string>? values, RequestedSubject subject)
    {
        foreach (var clause in expression.Clauses)
        {
            if (clause.Subject is not FilterSubject.Item)
                throw RequestRules.Invalid($"The filter is about {clause.Subject}ID; recommendations of items need one about ItemID.");
            var namesItem = clause.Tests.SelectMany(static test => test.Operands).Any(static operand => operand is CurrentItemValue);
            if (namesItem && subject.ItemId is null)
                throw RequestRules.Invalid("The filter compares with CurrentItem, and the request has no itemId.");
            var namesUser = clause.If.Count > 0 || clause.Dataset is FilterDataset.Interactions;
            if (namesUser && subject.UserId is null)
                throw RequestRules.Invalid("The filter depends on the user, and the request has no userId.");
        }
        return new BoundFilter(FilterBinding.Bind(expression, values));
    }

    /// <summary>Marks what the filter does not let through.</summary>
    /// <param name="excluded">A bit per item of the work's space, and per given id behind it that nobody knows.</param>
    public void Exclude(RecommendationWork work, ItemBits excluded)
    {
        var extent = excluded.Words.Length * 64;
        using var included = new ItemBits(extent);
        var includes = false;
        foreach (var clause in clauses)
        {
            if (!Applies(work, clause.Clause)) continue;
            var isInclude = clause.Clause.Action is FilterAction.Include;
            includes |= isInclude;
            Mark(work, clause, isInclude ? included : excluded);
        }
        if (!includes) return;
        using var before = new ItemBits(extent);
        before.SetToEither(excluded, excluded);
        excluded.SetToEitherNot(before, included);
    }

    private static bool Applies(RecommendationWork work, FilterClause clause)
    {
        if (clause.If.Count == 0) return true;
        KnownRecord? user = work.TryGetUser(out var known) ? known : null;
        var tests = new RecordTests(work.Group.Users, static _ => []);
        return clause.If.All(test => tests.Of(test).Matches(work.Query.UserId ?? "", user));
    }

    private static void Mark(RecommendationWork work, BoundClause clause, ItemBits marked)
    {
        if (clause.Clause.Dataset is FilterDataset.Interactions)
        {
            var visitor = new EventItems(clause.Clause.Where, work.Space, marked);
            Histories.UserHistories.Visit(work.Group, work.Query.UserId!, ref visitor);
            return;
        }
        var current = new CurrentItem(work);
        var test = new RecordTests(work.Group.Items, current.Values).Of(clause.Clause.Where);
        var rows = work.Model.RowsOf(work.Group);
        var known = rows?.Selections.GetOrAdd(clause.Key + current.Key, test, rows)
            ?? new ItemSelection(work.Model.Model, null, test);
        marked.Add(known.Words, work.Space.Live.Keys);
        foreach (var (item, live) in work.Space.Live)
        {
            if (test.Matches(live.Id, new KnownRecord(live))) marked.Set(item);
        }
        // What nobody knows has no values.
        foreach (var (place, id) in work.UnknownGiven)
        {
            if (test.Matches(id, null)) marked.Set(place);
        }
    }
}

/// <summary>Whom or what a request is about.</summary>
internal readonly record struct RequestedSubject(string? UserId, string? ItemId);
