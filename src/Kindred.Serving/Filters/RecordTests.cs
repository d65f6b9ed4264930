using System.Globalization;
using Kindred.Contracts.Datasets;
using Kindred.Serving.Recommendations;
using Kindred.Serving.Records;
using Kindred.Storage.Schemas;

namespace Kindred.Serving.Filters;

/// <summary>Makes tests of records from bound conditions. Pure functions.</summary>
/// <param name="records">Whose fields they are.</param>
/// <param name="currentItem">Gives the values of a field of the item that related ones are asked for; none when it has none.</param>
internal sealed class RecordTests(DatasetRecords records, Func<string, IReadOnlyList<FilterLiteral>> currentItem)
{
    public RecordTest Of(FilterCondition condition) => condition switch
    {
        AllOf all => new AllTest([.. all.Parts.Select(Of)]),
        AnyOf any => new AnyTest([.. any.Parts.Select(Of)]),
        FieldTest test => Of(test),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private RecordTest Of(FieldTest test)
    {
        var isNegated = test.Operator is FilterOperator.NotEqual or FilterOperator.NotIn;
        var field = records.Schema?.Fields.FirstOrDefault(field => field.Name.Equals(test.Field, StringComparison.OrdinalIgnoreCase));
        // The schema may have changed since the filter was made: what is not there has no value.
        var column = RecordColumn.Of(field?.Name ?? test.Field, records.Catalog);
        if (test.Operands.Any(static operand => operand is AnyValue)) return new PresenceTest(column, isNegated);
        IReadOnlyList<FilterLiteral> literals =
            [.. test.Operands.SelectMany(operand => operand is CurrentItemValue value ? currentItem(value.Field) : [(FilterLiteral)operand])];
        if (field?.Name is ColumnNames.ItemId or ColumnNames.UserId or ColumnNames.ActionId) return new IdTest(Texts(literals), isNegated);
        return field?.Type is null or FieldType.String
            ? new TextTest(column, field?.Categorical ?? false, Texts(literals), isNegated)
            : new NumberTest(column, [.. literals.Select(literal => Range(test, literal))], isNegated);
    }

    private static HashSet<string> Texts(IReadOnlyList<FilterLiteral> literals) =>
        literals.Select(static literal => literal.Text.Trim()).ToHashSet(StringComparer.Ordinal);

    private static (double Least, double Most) Range(FieldTest test, FilterLiteral literal)
    {
        if (!double.TryParse(literal.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw RequestRules.Invalid($"{test.Dataset}.{test.Field} is a number, and \"{literal.Text}\" is a text.");
        return test.Operator switch
        {
            FilterOperator.Less => (double.NegativeInfinity, Math.BitDecrement(number)),
            FilterOperator.LessOrEqual => (double.NegativeInfinity, number),
            FilterOperator.Greater => (Math.BitIncrement(number), double.PositiveInfinity),
            FilterOperator.GreaterOrEqual => (number, double.PositiveInfinity),
            _ => (number, number),
        };
    }
}
