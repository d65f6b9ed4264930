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
            if (clause.NamesItem && subject.ItemId is null)
                throw RequestRules.Invalid("The filter compares with CurrentItem, and the request has no itemId.");
            if (clause.NamesUser && subject.UserId is null)
                throw RequestRules.Invalid("The filter depends on the user, and the request has no userId.");
        }
        return new BoundFilter(FilterBinding.Bind(expression, values));
    }

    /// <summary>Marks what the filter does not let through of the items of a request.</summary>
    public void Exclude(RecommendationWork work, ItemBits excluded) => Exclude(new RequestedItems(work), excluded);

    /// <summary>Marks what the filter does not let through.</summary>
    /// <param name="excluded">A bit per item.</param>
    public void Exclude(IFilteredItems items, ItemBits excluded)
    {
        var extent = excluded.Words.Length * 64;
        using var included = new ItemBits(extent);
        var includes = false;
        foreach (var clause in clauses)
        {
            if (!Applies(items, clause.Clause)) continue;
            var isInclude = clause.Clause.Action is FilterAction.Include;
            includes |= isInclude;
            Mark(items, clause, isInclude ? included : excluded);
        }
        if (!includes) return;
        using var before = new ItemBits(extent);
        before.SetToEither(excluded, excluded);
        excluded.SetToEitherNot(before, included);
    }

    private static bool Applies(IFilteredItems items, FilterClause clause)
    {
        if (clause.If.Count == 0) return true;
        var userId = items.Subject.UserId ?? "";
        KnownRecord? user = items.Group.Users.TryGet(userId, out var known) ? known : null;
        var tests = new RecordTests(items.Group.Users, static _ => []);
        return clause.If.All(test => tests.Of(test).Matches(userId, user));
    }

    private static void Mark(IFilteredItems items, BoundClause clause, ItemBits marked)
    {
        if (clause.Clause.Dataset is FilterDataset.Interactions)
        {
            var visitor = new EventItems(clause.Clause.Where, items, marked);
            Histories.UserHistories.Visit(items.Group, items.Subject.UserId!, ref visitor);
            return;
        }
        var current = new CurrentItem(items.Group.Items, items.Subject.ItemId);
        var test = new RecordTests(items.Group.Items, current.Values).Of(clause.Clause.Where);
        items.Mark(test, clause.Key + current.Key, marked);
    }
}

/// <summary>Whom or what a request is about.</summary>
internal readonly record struct RequestedSubject(string? UserId, string? ItemId);
