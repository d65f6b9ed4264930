using Kindred.Contracts.Protocol;

namespace Kindred.Portal.Components.Pages.Filters;

/// <summary>The project's filters, with what they say.</summary>
public sealed partial class FiltersPage
{
    private const int PageSize = 100;
    private List<Filter>? _filters;
    private Filter? _deleting;
    private string _find = "";

    private IEnumerable<Filter> Found => _filters!.Where(filter => filter.Name!.Contains(_find, StringComparison.OrdinalIgnoreCase)
        || filter.FilterExpression!.Contains(_find, StringComparison.OrdinalIgnoreCase));

    protected override async Task LoadAsync()
    {
        var filters = new List<Filter>();
        string? next = null;
        do
        {
            var page = await CallAsync<ListFiltersRequest, ListFiltersResponse>(
                new() { DatasetGroupArn = ProjectArn.ToString(), MaxResults = PageSize, NextToken = next });
            foreach (var filter in page.Filters ?? [])
            {
                var described = await CallAsync<DescribeFilterRequest, DescribeFilterResponse>(new() { FilterArn = filter.FilterArn! });
                if (described.Filter is { } whole) filters.Add(whole);
            }
            next = page.NextToken;
        }
        while (next is not null);
        _filters = [.. filters.OrderBy(filter => filter.Name, StringComparer.OrdinalIgnoreCase)];
    }

    private void BeginDelete(Filter filter) => (_deleting, Refusal) = (filter, null);

    private async Task DeleteAsync()
    {
        var arn = _deleting!.FilterArn!;
        if (!await TryAsync(() => CallAsync(new DeleteFilterRequest { FilterArn = arn }))) return;
        _deleting = null;
        await TryAsync(LoadAsync);
    }
}
