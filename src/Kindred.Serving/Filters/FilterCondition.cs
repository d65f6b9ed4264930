namespace Kindred.Serving.Filters;

/// <summary>What a record must fulfil: a test of one of its fields, or several of them.</summary>
public abstract record FilterCondition
{
    public abstract IEnumerable<FieldTest> Tests { get; }
}

/// <param name="Parts">At least two.</param>
public sealed record AllOf(IReadOnlyList<FilterCondition> Parts) : FilterCondition
{
    public override IEnumerable<FieldTest> Tests => Parts.SelectMany(static part => part.Tests);
}

/// <param name="Parts">At least two.</param>
public sealed record AnyOf(IReadOnlyList<FilterCondition> Parts) : FilterCondition
{
    public override IEnumerable<FieldTest> Tests => Parts.SelectMany(static part => part.Tests);
}

/// <param name="Field">As the schema spells it.</param>
/// <param name="Operands">One, of <see cref="FilterOperator.In"/> and <see cref="FilterOperator.NotIn"/> one or more.</param>
/// <param name="Column">Where the test begins in the expression, from 1.</param>
public sealed record FieldTest(
    FilterDataset Dataset, string Field, FilterOperator Operator, IReadOnlyList<FilterOperand> Operands, int Column) : FilterCondition
{
    public override IEnumerable<FieldTest> Tests => [this];
}

public enum FilterOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
}

/// <summary>What a field is compared with.</summary>
public abstract record FilterOperand;

/// <param name="IsNumber">Whether it was written without quotes.</param>
public sealed record FilterLiteral(string Text, bool IsNumber) : FilterOperand;

/// <summary>A value that each request gives.</summary>
/// <param name="Name">Without the <c>$</c>; upper and lower case differ.</param>
public sealed record FilterParameter(string Name) : FilterOperand;

/// <summary>The value, or the values, of the item that related ones are asked for.</summary>
public sealed record CurrentItemValue(string Field) : FilterOperand;

/// <summary><c>"*"</c>: whatever it is.</summary>
public sealed record AnyValue : FilterOperand;
