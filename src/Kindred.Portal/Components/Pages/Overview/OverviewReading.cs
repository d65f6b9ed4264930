using System.Globalization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Usage;
using Kindred.Operations.Readings;
using Kindred.Portal.Controls.Charts;
using Kindred.Portal.Sessions;
using Kindred.Serving.Readings;

namespace Kindred.Portal.Components.Pages.Overview;

/// <summary>Gathers what the overview shows.</summary>
internal sealed class OverviewReading(TenantSession session, DataReadings data, JobReadings jobs, IUsageMeter usage, TimeProvider clock)
{
    private const int DaysOfChart = 30;
    private const int DaysOfTrend = 14;

    public async Task<OverviewView> ReadAsync(string account, string project, CancellationToken cancellationToken)
    {
        var group = Arn.DatasetGroup(session.Region, account, project);
        var counts = await session.AsAsync(account, p => data.CountAsync(p, group, cancellationToken), cancellationToken);
        var solutions = (await session.CallAsync<ListSolutionsRequest, ListSolutionsResponse>(
            account, new() { DatasetGroupArn = group.ToString() }, cancellationToken)).Solutions ?? [];
        var (versions, campaigns) = await ModelsAsync(account, solutions, cancellationToken);
        var trackers = await TrackersAsync(account, group, cancellationToken);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var used = await session.AsAsync(
            account, p => usage.ReadOwnAsync(p, today.AddDays(1 - DaysOfChart), today, cancellationToken), cancellationToken);
        var campaignArns = campaigns.Select(c => c.CampaignArn!).ToHashSet();
        var recommendations = Daily(used, today, c => c.Measure is UsageMeasure.Recommendations or UsageMeasure.Rankings && campaignArns.Contains(c.Subject));
        var events = Daily(used, today, c => c.Measure is UsageMeasure.Events && trackers.Contains(c.Subject));
        var running = await session.AsAsync(account, p => jobs.ListAsync(p, cancellationToken), cancellationToken);
        string[] live = [.. campaigns.Where(c => c.Status is "ACTIVE").Select(c => c.Name!)];
        return new OverviewView
        {
            Counts = counts, Campaigns = live,
            Recommendations = new DailyCount(recommendations[^DaysOfTrend..]), Events = new DailyCount(events[^DaysOfTrend..]),
            PerDay = [Line("recommendations", recommendations, today, "1"), Line("events", events, today, "2")],
            Jobs = [.. running.Where(job => BelongsTo(job, project, solutions)).Select(Describe)],
            Steps =
            [
                new("Data", counts.Interactions > 0 ? Text($"{counts.Interactions:N0} interactions") : "A file of what people did", counts.Interactions > 0,
                    "datasets", "Import data"),
                new("Model", versions > 0 ? Text($"{versions:N0} trained") : "Learns from the data", versions > 0, "solutions", "Train a solution"),
                new("Campaign", live.Length > 0 ? $"{live[0]} answers" : "Answers your application", live.Length > 0, "campaigns", "Make a campaign"),
                new("Live events", events.Sum() > 0 ? Text($"{events.Sum():N0} in 30 days") : "Waiting for the first event of your application", events.Sum() > 0,
                    "events", "How to send one"),
            ],
        };
    }

    private async Task<(int Versions, List<CampaignSummary> Campaigns)> ModelsAsync(
        string account, IReadOnlyList<SolutionSummary> solutions, CancellationToken cancellationToken)
    {
        var (ready, campaigns) = (0, new List<CampaignSummary>());
        foreach (var solution in solutions)
        {
            var versions = await session.CallAsync<ListSolutionVersionsRequest, ListSolutionVersionsResponse>(
                account, new() { SolutionArn = solution.SolutionArn }, cancellationToken);
            ready += (versions.SolutionVersions ?? []).Count(v => v.Status is "ACTIVE");
            var listed = await session.CallAsync<ListCampaignsRequest, ListCampaignsResponse>(
                account, new() { SolutionArn = solution.SolutionArn }, cancellationToken);
            campaigns.AddRange(listed.Campaigns ?? []);
        }
        return (ready, campaigns);
    }

    private async Task<HashSet<string>> TrackersAsync(string account, Arn group, CancellationToken cancellationToken)
    {
        var trackers = await session.CallAsync<ListEventTrackersRequest, ListEventTrackersResponse>(
            account, new() { DatasetGroupArn = group.ToString() }, cancellationToken);
        var ids = new HashSet<string>();
        foreach (var tracker in trackers.EventTrackers ?? [])
        {
            var described = await session.CallAsync<DescribeEventTrackerRequest, DescribeEventTrackerResponse>(
                account, new() { EventTrackerArn = tracker.EventTrackerArn! }, cancellationToken);
            if (described.EventTracker?.TrackingId is { } id) ids.Add(id);
        }
        return ids;
    }

    private static double[] Daily(IReadOnlyList<UsageCount> used, DateOnly today, Func<UsageCount, bool> counts)
    {
        var days = new double[DaysOfChart];
        foreach (var count in used.Where(counts))
        {
            var ago = today.DayNumber - count.Day.DayNumber;
            if (ago is >= 0 and < DaysOfChart) days[^(ago + 1)] += count.Count;
        }
        return days;
    }

    private static Series Line(string name, double[] days, DateOnly today, string tone) => new(
        name, [.. days.Select((n, i) => ((double)today.AddDays(i + 1 - days.Length).ToDateTime(default).Ticks, n))], tone, Area: tone == "1");

    private static bool BelongsTo(JobDescription job, string project, IReadOnlyList<SolutionSummary> solutions) =>
        Arn.TryParse(job.ResourceArn, out var arn) && (arn.Parent == project || solutions.Any(s => s.Name == arn.Parent)
            || arn.Name.StartsWith(project + "-", StringComparison.Ordinal));

    private static RunningJob Describe(JobDescription job)
    {
        var kind = job.Kind switch
        {
            JobKind.Import => "Import",
            JobKind.Train or JobKind.TrainFully => "Training",
            JobKind.Deploy => "Deploy",
            JobKind.BatchInference => "Batch recommendations",
            JobKind.BatchSegment => "Batch segments",
            JobKind.Export => "Export",
            _ => "Tidying",
        };
        return new RunningJob(kind, Arn.Parse(job.ResourceArn).Name, job.Stage, job.Fraction);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
