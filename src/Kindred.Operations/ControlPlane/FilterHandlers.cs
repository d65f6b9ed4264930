using Kindred.Contracts.Filters;
using Kindred.Contracts.Protocol;

namespace Kindred.Operations.ControlPlane;

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
        Name = filter.Name,
        FilterArn = filter.Arn.ToString(),
        DatasetGroupArn = filter.DatasetGroupArn.ToString(),
        FilterExpression = filter.Expression,
        Status = filter.Status,
        CreationDateTime = filter.CreatedAt,
        LastUpdatedDateTime = filter.UpdatedAt,
    };

    private static FilterSummary Summarize(FilterRecord filter) => new()
    {
        Name = filter.Name,
        FilterArn = filter.Arn.ToString(),
        DatasetGroupArn = filter.DatasetGroupArn.ToString(),
        Status = filter.Status,
        CreationDateTime = filter.CreatedAt,
        LastUpdatedDateTime = filter.UpdatedAt,
    };
}
