using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kindred.Serving.Filters;

/// <summary>
/// Reads the filter language of the service, by recursive descent: every fault has its column and says what could stand there. AND binds
/// before OR, and parentheses group. Words of the language are read in any case.
/// </summary>
public sealed class FilterParser
{
    /// <summary>Longest expression, in characters.</summary>
    public const int MaxLength = 2_500;

    private const int MostNested = 32;

    private static readonly Dictionary<string, FilterDataset> Datasets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Interactions"] = FilterDataset.Interactions, ["Items"] = FilterDataset.Items, ["Users"] = FilterDataset.Users,
        ["Actions"] = FilterDataset.Actions, ["Action_Interactions"] = FilterDataset.ActionInteractions,
        ["CurrentUser"] = FilterDataset.CurrentUser, ["CurrentItem"] = FilterDataset.CurrentItem,
    };

    private static readonly Dictionary<string, FilterOperator> Comparisons = new(StringComparer.Ordinal)
    {
        ["="] = FilterOperator.Equal, ["!="] = FilterOperator.NotEqual, ["<>"] = FilterOperator.NotEqual, ["<"] = FilterOperator.Less,
        ["<="] = FilterOperator.LessOrEqual, [">"] = FilterOperator.Greater, [">="] = FilterOperator.GreaterOrEqual,
    };

    private readonly string _text;
    private readonly List<FilterToken> _tokens;
    private int _at;
    private int _depth;

    private FilterParser(string text, List<FilterToken> tokens) => (_text, _tokens) = (text, tokens);

    private FilterToken Current => _tokens[_at];

    /// <param name="text">At most <see cref="MaxLength"/> characters.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out FilterExpression? expression, [NotNullWhen(false)] out FilterFault? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        expression = null;
        if (text.Length > MaxLength)
        {
            fault = new FilterFault(MaxLength + 1, $"the expression has {text.Length} characters; at most {MaxLength} are allowed.");
            return false;
        }
        var tokens = new List<FilterToken>();
        fault = FilterTokens.TryRead(text, tokens);
        if (fault is not null) return false;
        try
        {
            expression = new FilterParser(text, tokens).Expression();
            return true;
        }
        catch (FaultException found)
        {
            fault = found.Fault;
            return false;
        }
    }

    /// <summary>Reads the values of a parameter: texts in quotes and numbers, separated by commas, as requests give them.</summary>
    /// <returns>Null where it has another form.</returns>
    public static IReadOnlyList<FilterLiteral>? TryParseValues(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<FilterToken>();
        if (FilterTokens.TryRead(text, tokens) is not null) return null;
        var values = new List<FilterLiteral>();
        for (var i = 0; ; i += 2)
        {
            if (Literal(tokens[i]) is not { } value) return null;
            values.Add(value);
            if (tokens[i + 1].Kind is FilterTokenKind.End) return values;
            if (!tokens[i + 1].Is(",")) return null;
        }
    }

    private FilterExpression Expression()
    {
        var clauses = new List<FilterClause> { Clause() };
        while (TryTake("|")) clauses.Add(Clause());
        if (Current.Kind is not FilterTokenKind.End) throw Expected("AND, OR, IF or '|'");
        return new FilterExpression(clauses);
    }

    private FilterClause Clause()
    {
        var start = Current;
        var action = TryTake("INCLUDE") ? FilterAction.Include : TryTake("EXCLUDE") ? FilterAction.Exclude : throw Expected("INCLUDE or EXCLUDE");
        var subject = TryTake("ItemID") ? FilterSubject.Item
            : TryTake("UserID") ? FilterSubject.User
            : TryTake("ActionID") ? FilterSubject.Action
            : throw Expected("ItemID, UserID or ActionID");
        Take("WHERE");
        var where = Any();
        var conditions = new List<FieldTest>();
        if (TryTake("IF"))
        {
            do conditions.Add(Test());
            while (TryTake("AND"));
        }
        var end = _tokens[_at - 1].End;
        return new FilterClause(action, subject, where, conditions, _text[(start.Column - 1)..(end - 1)], start.Column);
    }

    private FilterCondition Any()
    {
        var parts = new List<FilterCondition> { All() };
        while (TryTake("OR")) parts.Add(All());
        return parts.Count == 1 ? parts[0] : new AnyOf(parts);
    }

    private FilterCondition All()
    {
        var parts = new List<FilterCondition> { Grouped() };
        while (TryTake("AND")) parts.Add(Grouped());
        return parts.Count == 1 ? parts[0] : new AllOf(parts);
    }

    private FilterCondition Grouped()
    {
        if (!Current.Is("(")) return Test();
        if (++_depth > MostNested) throw new FaultException(new FilterFault(Current.Column, $"parentheses are nested deeper than {MostNested}."));
        Take("(");
        var inner = Any();
        Take(")");
        _depth--;
        return inner;
    }

    private FieldTest Test()
    {
        var start = Current;
        if (start.Kind is not FilterTokenKind.Word || !Datasets.TryGetValue(start.Text, out var dataset))
            throw Expected("a field, such as Items.GENRE");
        _at++;
        Take(".");
        var field = Current;
        if (field.Kind is not FilterTokenKind.Word) throw Expected($"a field of {start.Text}");
        _at++;
        var (filterOperator, operands) = Operands();
        return new FieldTest(dataset, field.Text, filterOperator, operands, start.Column);
    }

    private (FilterOperator Operator, IReadOnlyList<FilterOperand> Operands) Operands()
    {
        if (Current.Kind is FilterTokenKind.Symbol && Comparisons.TryGetValue(Current.Text, out var comparison))
        {
            _at++;
            var isGrouped = TryTake("(");
            var operand = Operand(inList: false);
            if (isGrouped) Take(")");
            return (comparison, [operand]);
        }
        var isNegated = TryTake("NOT");
        if (!TryTake("IN")) throw Expected(isNegated ? "IN" : "=, !=, <, <=, >, >=, IN or NOT IN");
        return (isNegated ? FilterOperator.NotIn : FilterOperator.In, Current.Is("CurrentItem") ? [Operand(inList: true)] : List());
    }

    private List<FilterOperand> List()
    {
        Take("(");
        var operands = new List<FilterOperand> { Operand(inList: true) };
        while (TryTake(",")) operands.Add(Operand(inList: true));
        Take(")");
        return operands;
    }

    private FilterOperand Operand(bool inList)
    {
        var token = Current;
        if (token.Is("CurrentItem"))
        {
            _at++;
            Take(".");
            if (Current.Kind is not FilterTokenKind.Word) throw Expected("a field of CurrentItem");
            return new CurrentItemValue(_tokens[_at++].Text);
        }
        if (token.Kind is FilterTokenKind.Parameter)
        {
            _at++;
            return new FilterParameter(token.Text);
        }
        if (Literal(token) is not { } literal) throw Expected("a value: a number, a text in double quotes or a $PARAMETER");
        _at++;
        return inList && literal is { IsNumber: false, Text: "*" } ? new AnyValue() : literal;
    }

    private static FilterLiteral? Literal(FilterToken token) => token.Kind switch
    {
        FilterTokenKind.Text => new FilterLiteral(token.Text, IsNumber: false),
        FilterTokenKind.Number when double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) => new FilterLiteral(token.Text, IsNumber: true),
        _ => null,
    };

    private bool TryTake(string word)
    {
        if (!Current.Is(word)) return false;
        _at++;
        return true;
    }

    private void Take(string word)
    {
        if (!TryTake(word)) throw Expected(char.IsLetter(word[0]) ? word : $"'{word}'");
    }

    private FaultException Expected(string what) => new(new FilterFault(Current.Column, $"{what} was expected, and {Current.Shown} was found."));

    private sealed class FaultException(FilterFault fault) : Exception(fault.Message)
    {
        public FilterFault Fault => fault;
    }
}
