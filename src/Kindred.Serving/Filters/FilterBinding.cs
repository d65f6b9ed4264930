using Kindred.Contracts.Refusals;
using Kindred.Serving.Recommendations;

namespace Kindred.Serving.Filters;

/// <summary>Puts the values of a request in the places of an expression's parameters.</summary>
internal static class FilterBinding
{
    /// <summary>Most values that a request may give.</summary>
    public const int MaxValues = 25;

    /// <summary>Longest value of a parameter, in characters.</summary>
    public const int MaxValueLength = 1_000;

    /// <returns>The clauses that count; an EXCLUDE whose value is left out does not.</returns>
    /// <exception cref="RefusedException">A value is missing, unknown, or has another form.</exception>
    public static IReadOnlyList<BoundClause> Bind(FilterExpression expression, IReadOnlyDictionary<string, string>? values)
    {
        var given = Read(expression, values);
        var clauses = new List<BoundClause>(expression.Clauses.Count);
        foreach (var clause in expression.Clauses)
        {
            var missing = clause.Parameters.FirstOrDefault(name => !given.ContainsKey(name));
            if (missing is null) clauses.Add(Bind(clause, given));
            else if (clause.Action is FilterAction.Include)
                throw RequestRules.Invalid($"The filter's parameter ${missing} has no value; give it in filterValues.");
        }
        return clauses;
    }

    private static Dictionary<string, IReadOnlyList<FilterLiteral>> Read(
        FilterExpression expression, IReadOnlyDictionary<string, string>? values)
    {
        var given = new Dictionary<string, IReadOnlyList<FilterLiteral>>(StringComparer.Ordinal);
        if (values is not { Count: > 0 }) return given;
        if (values.Count > MaxValues) throw RequestRules.Invalid($"filterValues has {values.Count} values; at most {MaxValues} are allowed.");
        var parameters = expression.Parameters.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, text) in values)
        {
            if (!parameters.Contains(name))
            {
                var known = parameters.Count == 0
                    ? "no parameters."
                    : $"the parameters {string.Join(", ", parameters)}; upper and lower case differ.";
                throw RequestRules.Invalid($"filterValues has '{name}', and the filter has {known}");
            }
            if (text.Length > MaxValueLength)
                throw RequestRules.Invalid(
                    $"The value of '{name}' in filterValues has {text.Length} characters; at most {MaxValueLength} are allowed.");
            given.Add(name, FilterParser.TryParseValues(text) ?? throw RequestRules.Invalid(
                $"The value of '{name}' in filterValues must be numbers, or texts in double quotes, separated by commas, "
                + $"such as \"a\",\"b\"; it is {text}."));
        }
        return given;
    }

    private static BoundClause Bind(FilterClause clause, Dictionary<string, IReadOnlyList<FilterLiteral>> given)
    {
        if (!clause.Parameters.Any()) return new BoundClause(clause, clause.Text);
        // Two requests with the same values share what was computed for one.
        var key = clause.Text + "\n" + string.Join('\n', clause.Parameters.Distinct(StringComparer.Ordinal)
            .Select(name => string.Join(',', given[name].Select(Spelled))));
        return new BoundClause(
            clause with { Where = Bind(clause.Where, given), If = [.. clause.If.Select(test => Bind(test, given))] }, key);
    }

    private static FilterCondition Bind(FilterCondition condition, Dictionary<string, IReadOnlyList<FilterLiteral>> given) => condition switch
    {
        AllOf all => new AllOf([.. all.Parts.Select(part => Bind(part, given))]),
        AnyOf any => new AnyOf([.. any.Parts.Select(part => Bind(part, given))]),
        FieldTest test => Bind(test, given),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private static FieldTest Bind(FieldTest test, Dictionary<string, IReadOnlyList<FilterLiteral>> given)
    {
        if (!test.Operands.Any(static operand => operand is FilterParameter)) return test;
        var operands = new List<FilterOperand>();
        foreach (var operand in test.Operands)
        {
            if (operand is FilterParameter parameter) operands.AddRange(given[parameter.Name].Select(ValueOf));
            else operands.Add(operand);
        }
        if (operands.Count > 1 && test.Operator is not (FilterOperator.In or FilterOperator.NotIn))
            throw RequestRules.Invalid($"{test.Dataset}.{test.Field} is compared with one value; filterValues gives {operands.Count}.");
        return test with { Operands = operands };
    }

    private static FilterOperand ValueOf(FilterLiteral literal) => literal is { IsNumber: false, Text: "*" } ? new AnyValue() : literal;

    private static string Spelled(FilterLiteral literal) =>
        literal.IsNumber ? literal.Text : $"\"{literal.Text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

/// <param name="Clause">Without parameters.</param>
/// <param name="Key">The same for every clause that says the same.</param>
internal sealed record BoundClause(FilterClause Clause, string Key);
