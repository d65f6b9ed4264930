namespace Kindred.Serving.Filters;

/// <summary>A condition on the type of one event, whatever the case; <c>"*"</c> is any type, and none.</summary>
internal static class EventTypeTest
{
    /// <param name="eventType">Null for an event without one.</param>
    public static bool Matches(FilterCondition condition, string? eventType) => condition switch
    {
        AllOf all => all.Parts.All(part => Matches(part, eventType)),
        AnyOf any => any.Parts.Any(part => Matches(part, eventType)),
        FieldTest test => test.Operands.Any(operand => IsOf(operand, eventType)) != (test.Operator is FilterOperator.NotIn),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private static bool IsOf(FilterOperand operand, string? eventType) => operand switch
    {
        AnyValue => true,
        FilterLiteral literal => literal.Text.Equals(eventType, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
