using Kindred.Contracts.Datasets;
using Kindred.Storage.Schemas;

namespace Kindred.Serving.Filters;

/// <summary>What an expression must be beyond its grammar, given the datasets that there are. Pure functions.</summary>
public static class FilterRules
{
    /// <summary>Most different fields in one expression.</summary>
    public const int MaxFields = 10;

    /// <summary>Longest name of a parameter.</summary>
    public const int MaxParameterLength = 50;

    private static readonly Dictionary<FilterDataset, string> DatasetTypesOf = new()
    {
        [FilterDataset.Interactions] = DatasetTypes.Interactions, [FilterDataset.Items] = DatasetTypes.Items,
        [FilterDataset.Users] = DatasetTypes.Users, [FilterDataset.CurrentUser] = DatasetTypes.Users,
        [FilterDataset.CurrentItem] = DatasetTypes.Items,
        [FilterDataset.Actions] = DatasetTypes.Actions, [FilterDataset.ActionInteractions] = DatasetTypes.ActionInteractions,
    };

    private static readonly string[] ServiceFields =
        [ColumnNames.RepeatFrequency, ColumnNames.ExpirationTimestamp, ColumnNames.ActionExpirationTimestamp];

    /// <param name="schemaOf">The schema of a dataset type of <see cref="DatasetTypes"/>; null where there is no such dataset.</param>
    /// <returns>Everything that is wrong, in the order of its place.</returns>
    public static IReadOnlyList<FilterFault> Check(FilterExpression expression, Func<string, ParsedSchema?> schemaOf)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(schemaOf);
        var faults = new List<FilterFault>();
        foreach (var clause in expression.Clauses)
        {
            CheckClause(clause, expression.Clauses[0], faults);
            foreach (var test in clause.Tests) CheckTest(test, schemaOf, faults);
        }
        var fields = expression.Clauses.SelectMany(static clause => clause.Tests)
            .Select(static test => (test.Dataset, test.Field.ToUpperInvariant())).Distinct().Count();
        if (fields > MaxFields) faults.Add(new FilterFault(1, $"the expression tests {fields} different fields; at most {MaxFields} are allowed."));
        return [.. faults.OrderBy(static fault => fault.Column)];
    }

    private static void CheckClause(FilterClause clause, FilterClause first, List<FilterFault> faults)
    {
        if (clause.Subject != first.Subject)
            faults.Add(new FilterFault(clause.Column, $"every part of a filter is about {first.Subject}ID; this one is about {clause.Subject}ID."));
        FilterDataset[] allowed = clause.Subject switch
        {
            FilterSubject.Item => [FilterDataset.Interactions, FilterDataset.Items],
            FilterSubject.User => [FilterDataset.Interactions, FilterDataset.Users],
            _ => [FilterDataset.ActionInteractions, FilterDataset.Actions],
        };
        foreach (var test in clause.Where.Tests)
        {
            if (test.Dataset is FilterDataset.CurrentUser)
                faults.Add(new FilterFault(test.Column, "CurrentUser can be tested after IF only."));
            else if (!allowed.Contains(test.Dataset))
                faults.Add(new FilterFault(test.Column,
                    $"{clause.Subject}ID can be filtered by {string.Join(" and ", allowed)}, not by {test.Dataset}."));
            else if (test.Dataset != clause.Dataset)
                faults.Add(new FilterFault(test.Column,
                    $"one part of a filter tests one dataset: {clause.Dataset} comes first here. Separate the two with '|'."));
        }
        foreach (var test in clause.If.Where(static test => test.Dataset is not FilterDataset.CurrentUser))
            faults.Add(new FilterFault(test.Column, "after IF only CurrentUser can be tested."));
    }

    private static void CheckTest(FieldTest test, Func<string, ParsedSchema?> schemaOf, List<FilterFault> faults)
    {
        CheckOperands(test, schemaOf, faults);
        var isOfEvents = test.Dataset is FilterDataset.Interactions or FilterDataset.ActionInteractions;
        if (isOfEvents)
        {
            if (!test.Field.Equals(ColumnNames.EventType, StringComparison.OrdinalIgnoreCase))
                faults.Add(new FilterFault(test.Column, $"of {test.Dataset} only EVENT_TYPE can be tested."));
            if (test.Operator is not (FilterOperator.In or FilterOperator.NotIn))
                faults.Add(new FilterFault(test.Column, $"{test.Dataset}.EVENT_TYPE is tested with IN or NOT IN."));
        }
        if (FieldOf(test.Dataset, test.Field, test.Column, schemaOf, faults) is not { } field) return;
        if (isOfEvents) return;
        if (test.Dataset is FilterDataset.Actions && ServiceFields.Contains(field.Name))
            faults.Add(new FilterFault(test.Column, $"{field.Name} cannot be filtered by: it is looked at with every request."));
        var isText = field.Type is FieldType.String;
        if (isText && test.Operator is >= FilterOperator.Less and <= FilterOperator.GreaterOrEqual)
            faults.Add(new FilterFault(test.Column, $"{test.Dataset}.{test.Field} is a text; <, <=, > and >= compare numbers."));
        foreach (var literal in test.Operands.OfType<FilterLiteral>())
        {
            if (!isText && !literal.IsNumber)
                faults.Add(new FilterFault(test.Column, $"{test.Dataset}.{test.Field} is a number; \"{literal.Text}\" is a text."));
        }
        if (test.Operands.OfType<AnyValue>().Any() && test.Operator is not (FilterOperator.In or FilterOperator.NotIn))
            faults.Add(new FilterFault(test.Column, "\"*\" stands in the list of IN or NOT IN only."));
    }

    private static void CheckOperands(FieldTest test, Func<string, ParsedSchema?> schemaOf, List<FilterFault> faults)
    {
        foreach (var operand in test.Operands)
        {
            switch (operand)
            {
                case FilterParameter when test.Operator is FilterOperator.NotIn:
                    faults.Add(new FilterFault(test.Column, "Placeholders are not allowed with NOT_IN operator."));
                    break;
                case FilterParameter { Name.Length: > MaxParameterLength } parameter:
                    faults.Add(new FilterFault(test.Column,
                        $"the name of ${parameter.Name} has {parameter.Name.Length} characters; at most {MaxParameterLength} are allowed."));
                    break;
                case CurrentItemValue current:
                    if (test.Dataset is not FilterDataset.Items)
                        faults.Add(new FilterFault(test.Column, "only fields of Items can be compared with CurrentItem."));
                    FieldOf(FilterDataset.CurrentItem, current.Field, test.Column, schemaOf, faults);
                    break;
                default: break;
            }
        }
    }

    private static SchemaField? FieldOf(
        FilterDataset dataset, string name, int column, Func<string, ParsedSchema?> schemaOf, List<FilterFault> faults)
    {
        if (!DatasetTypesOf.TryGetValue(dataset, out var type) || schemaOf(type) is not { } schema)
        {
            faults.Add(new FilterFault(column, $"the dataset group has no dataset for {dataset}."));
            return null;
        }
        var field = schema.Fields.FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (field is null)
            faults.Add(new FilterFault(column,
                $"{dataset} has no field {name}; it has {string.Join(", ", schema.Fields.Select(static known => known.Name))}."));
        else if (field.Textual) faults.Add(new FilterFault(column, $"{dataset}.{field.Name} is free text, which cannot be filtered by."));
        else if (field.Type is FieldType.Boolean)
            faults.Add(new FilterFault(
                column, $"{dataset}.{field.Name} is a boolean, which cannot be filtered by; use 0 and 1, or texts."));
        else return field;
        return null;
    }
}
