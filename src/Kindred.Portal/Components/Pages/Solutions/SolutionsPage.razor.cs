using Kindred.Contracts.Protocol;
using Kindred.Operations.Readings;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Solutions;

/// <summary>The project's solutions, each with its newest version.</summary>
public sealed partial class SolutionsPage
{
    private List<Row>? _rows;

    [Inject] private JobReadings Readings { get; set; } = default!;

    private sealed record Row(string Name, RecipeWords Recipe, string? Schedule, DateTimeOffset? ChangedAt, VersionView? Newest);

    protected override bool IsLive => _rows?.Exists(row => row.Newest is { IsTraining: true }) ?? false;

    protected override async Task LoadAsync()
    {
        var group = ProjectArn.ToString();
        var solutions = await ListAsync(group);
        var newest = await Session.AsAsync(Account, p => Readings.ListNewestVersionsAsync(p, ProjectArn, Leaving), Leaving);
        _rows = [.. solutions.OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase).Select(s =>
        {
            var version = newest.FirstOrDefault(v => v.State.Version.SolutionArn.ToString() == s.SolutionArn);
            return new Row(
                s.Name ?? "", RecipeWords.OfArn(s.RecipeArn ?? version?.State.Version.RecipeArn), _schedules.GetValueOrDefault(s.SolutionArn!),
                version?.State.Version.UpdatedAt ?? s.LastUpdatedDateTime, version is null ? null : new(version));
        })];
    }

    /// <summary>What a list does not say; described once, because only somebody on another page changes it.</summary>
    private readonly Dictionary<string, string?> _schedules = new(StringComparer.Ordinal);

    private async Task<List<SolutionSummary>> ListAsync(string group)
    {
        var all = new List<SolutionSummary>();
        string? next = null;
        do
        {
            var page = await CallAsync<ListSolutionsRequest, ListSolutionsResponse>(new() { DatasetGroupArn = group, NextToken = next });
            all.AddRange(page.Solutions ?? []);
            next = page.NextToken;
        }
        while (next is not null);
        foreach (var solution in all.Where(s => !_schedules.ContainsKey(s.SolutionArn!)))
        {
            var described = await CallAsync<DescribeSolutionRequest, DescribeSolutionResponse>(new() { SolutionArn = solution.SolutionArn! });
            _schedules[solution.SolutionArn!] = ScheduleWords.Of(described.Solution!);
        }
        return all;
    }
}
