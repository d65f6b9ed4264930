using Kindred.Contracts.Protocol;
using Kindred.Operations;
using Kindred.Operations.ControlPlane;

namespace Kindred.Examples.Filters;

internal static class FilterHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateFilterRequest, CreateFilterResponse>();
        table.Change<DeleteFilterRequest>();
        table.Describe<FilterState, DescribeFilterRequest, DescribeFilterResponse>(
            request => request.FilterArn, state => new() { Filter = Describe(state.Filter) });
        table.List<FilterState, FilterSummary, ListFiltersRequest, ListFiltersResponse>(
            request => new(request.MaxResults, request.NextToken, request.DatasetGroupArn), state => Summarize(state.Filter),
            (filters, nextToken) => new() { Filters = filters, NextToken = nextToken });
    }

    private static Filter Describe(FilterRecord filter) => new()
    {
        Name = filter.Name, FilterArn = filter.Arn.ToString(), DatasetGroupArn = filter.DatasetGroupArn.ToString(),
        FilterExpression = filter.Expression, CreationDateTime = filter.CreatedAt,
    };

    private static FilterSummary Summarize(FilterRecord filter) => new()
    {
        Name = filter.Name, FilterArn = filter.Arn.ToString(), DatasetGroupArn = filter.DatasetGroupArn.ToString(),
        CreationDateTime = filter.CreatedAt,
    };
}
