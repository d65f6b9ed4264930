using Kindred.Contracts.Access;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Usage;
using Kindred.Portal.Components.Pages.Solutions;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Campaigns;

/// <summary>The campaigns of the project's solutions.</summary>
public sealed partial class CampaignsPage
{
    private const int Days = 14;
    private List<Row>? _rows;
    private string _find = "";

    [Inject] private IUsageMeter Usage { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    private sealed record Row(
        string Name, string? Status, string Solution, RecipeWords Recipe, IReadOnlyList<double> Requests, DateTimeOffset? ChangedAt);

    protected override bool IsLive => _rows?.Exists(row => row.Status is not ("ACTIVE" or "CREATE FAILED")) ?? false;

    protected override async Task LoadAsync()
    {
        var used = await RequestsAsync();
        var rows = new List<Row>();
        var solutions = await CallAsync<ListSolutionsRequest, ListSolutionsResponse>(new() { DatasetGroupArn = ProjectArn.ToString() });
        foreach (var solution in solutions.Solutions ?? [])
        {
            var campaigns = await CallAsync<ListCampaignsRequest, ListCampaignsResponse>(new() { SolutionArn = solution.SolutionArn });
            rows.AddRange((campaigns.Campaigns ?? []).Select(campaign => new Row(
                campaign.Name ?? "", campaign.Status, solution.Name ?? "", RecipeWords.OfArn(solution.RecipeArn),
                used.GetValueOrDefault(campaign.CampaignArn!) ?? new double[Days], campaign.LastUpdatedDateTime)));
        }
        _rows = [.. rows.OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Answered requests by campaign and day, the oldest day first.</summary>
    private Task<Dictionary<string, double[]>> RequestsAsync() => Session.AsAsync(Account, async principal =>
    {
        principal.Require(AccessScopes.Read, "usage:Read");
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        var byCampaign = new Dictionary<string, double[]>(StringComparer.Ordinal);
        foreach (var count in await Usage.ReadAsync(principal.Account, today.AddDays(1 - Days), today, Leaving))
        {
            if (count.Measure is not (UsageMeasure.Recommendations or UsageMeasure.Rankings)) continue;
            if (!byCampaign.TryGetValue(count.Subject, out var days)) byCampaign[count.Subject] = days = new double[Days];
            days[Days - 1 - (today.DayNumber - count.Day.DayNumber)] += count.Count;
        }
        return byCampaign;
    }, Leaving);
}
