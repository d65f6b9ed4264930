namespace Kindred.Serving.Filters;

/// <summary>
/// Which items may be shown: those that any INCLUDE clause names, or all where there is none, without those that any EXCLUDE clause names.
/// The order of the clauses means nothing.
/// </summary>
public sealed record FilterExpression(IReadOnlyList<FilterClause> Clauses)
{
    /// <summary>The names of its parameters, without the <c>$</c>, each once.</summary>
    public IEnumerable<string> Parameters => Clauses.SelectMany(static clause => clause.Parameters).Distinct(StringComparer.Ordinal);
}

/// <summary>One part of an expression, up to the next <c>|</c>.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Column">Where it begins, from 1.</param>
/// <param name="If">What the current user must fulfil for the clause to count; empty: nothing.</param>
public sealed record FilterClause(
    FilterAction Action, FilterSubject Subject, FilterCondition Where, IReadOnlyList<FieldTest> If, string Text, int Column)
{
    /// <summary>Every test of a field, of the condition and of IF.</summary>
    public IEnumerable<FieldTest> Tests => Where.Tests.Concat(If);

    /// <summary>The names of its parameters, without the <c>$</c>.</summary>
    public IEnumerable<string> Parameters =>
        Tests.SelectMany(static test => test.Operands).OfType<FilterParameter>().Select(static operand => operand.Name);

    /// <summary>The dataset that the condition is about: one for all of its tests.</summary>
    public FilterDataset Dataset => Where.Tests.First().Dataset;

    /// <summary>Whether it says something else for each user.</summary>
    public bool NamesUser => If.Count > 0 || Dataset is FilterDataset.Interactions;

    /// <summary>Whether it compares with the item that related ones are asked for.</summary>
    public bool NamesItem => Tests.SelectMany(static test => test.Operands).Any(static operand => operand is CurrentItemValue);
}

public enum FilterAction
{
    Include,
    Exclude,
}

/// <summary>What an expression is about.</summary>
public enum FilterSubject
{
    Item,
    User,
    Action,
}

/// <summary>Whose fields are tested.</summary>
public enum FilterDataset
{
    Interactions,
    Items,
    Users,
    Actions,
    ActionInteractions,
    /// <summary>The user who is asked for.</summary>
    CurrentUser,
    /// <summary>The item that related ones are asked for.</summary>
    CurrentItem,
}
