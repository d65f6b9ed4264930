using Kindred.Contracts.Refusals;
using Kindred.Recipes.Actions;
using Kindred.Serving.Filters;
using Kindred.Serving.Groups;
using Kindred.Serving.Recommendations;
using Kindred.Serving.Records;

namespace Kindred.Serving.Actions;

/// <summary>A filter of actions with the values of one request. Immutable.</summary>
internal sealed class ActionFilter
{
    private readonly IReadOnlyList<FilterClause> _clauses;

    private ActionFilter(IReadOnlyList<FilterClause> clauses) => _clauses = clauses;

    /// <exception cref="RefusedException">The expression is not about actions, or a value is missing or wrong.</exception>
    public static ActionFilter Of(FilterExpression expression, IReadOnlyDictionary<string, string>? values)
    {
        if (expression.Clauses.FirstOrDefault(static clause => clause.Subject is not FilterSubject.Action) is { } other)
            throw RequestRules.Invalid($"The filter is about {other.Subject}ID; recommendations of actions need one about ActionID.");
        return new ActionFilter([.. FilterBinding.Bind(expression, values).Select(static bound => bound.Clause)]);
    }

    /// <returns>Whether an action, of which the second tells what is known, may be offered to the user.</returns>
    public Func<string, KnownRecord, bool> For(GroupView group, string userId, IReadOnlyList<PastAction> past)
    {
        var counting = _clauses.Where(clause => Applies(group, userId, clause)).ToList();
        var includes = Tests(FilterAction.Include);
        var excludes = Tests(FilterAction.Exclude);
        return (id, record) => (includes.Count == 0 || includes.Exists(test => test(id, record))) && !excludes.Exists(test => test(id, record));

        List<Func<string, KnownRecord, bool>> Tests(FilterAction action) =>
            counting.Where(clause => clause.Action == action).Select(clause => TestOf(group, clause, past)).ToList();
    }

    private static bool Applies(GroupView group, string userId, FilterClause clause)
    {
        if (clause.If.Count == 0) return true;
        KnownRecord? user = group.Users.TryGet(userId, out var known) ? known : null;
        var tests = new RecordTests(group.Users, static _ => []);
        return clause.If.All(test => tests.Of(test).Matches(userId, user));
    }

    private static Func<string, KnownRecord, bool> TestOf(GroupView group, FilterClause clause, IReadOnlyList<PastAction> past)
    {
        if (clause.Dataset is not FilterDataset.ActionInteractions)
        {
            var test = new RecordTests(group.Actions, static _ => []).Of(clause.Where);
            return (id, record) => test.Matches(id, record);
        }
        var condition = Canonical(clause.Where);
        var marked = past.Where(done => EventTypeTest.Matches(condition, ActionEvents.NameOf(done.Event)))
            .Select(static done => done.ActionId).ToHashSet(StringComparer.Ordinal);
        return (id, _) => marked.Contains(id);
    }

    /// <summary>The condition with types of events spelled as they are stored: NOT_TAKEN is Not Taken.</summary>
    private static FilterCondition Canonical(FilterCondition condition) => condition switch
    {
        AllOf all => new AllOf([.. all.Parts.Select(Canonical)]),
        AnyOf any => new AnyOf([.. any.Parts.Select(Canonical)]),
        FieldTest test => test with { Operands = [.. test.Operands.Select(Canonical)] },
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private static FilterOperand Canonical(FilterOperand operand) =>
        operand is FilterLiteral literal && ActionEvents.TryParse(literal.Text, out var what)
            ? new FilterLiteral(ActionEvents.NameOf(what), IsNumber: false)
            : operand;
}
