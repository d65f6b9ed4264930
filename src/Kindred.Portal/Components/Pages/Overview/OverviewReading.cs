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
        var domain = (await session.CallAsync<DescribeDatasetGroupRequest, DescribeDatasetGroupResponse>(
            account, new() { DatasetGroupArn = group.ToString() }, cancellationToken)).DatasetGroup?.Domain;
        var counts = await session.AsAsync(account, p => data.CountAsync(p, group, cancellationToken), cancellationToken);
        var solutions = (await session.CallAsync<ListSolutionsRequest, ListSolutionsResponse>(
            account, new() { DatasetGroupArn = group.ToString() }, cancellationToken)).Solutions ?? [];
        var versions = await ReadyVersionsAsync(account, solutions, cancellationToken);
        var endpoints = await ProjectEndpoints.ReadAsync(session, group, cancellationToken);
        var trackers = await TrackersAsync(account, group, cancellationToken);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var used = await session.AsAsync(
            account, p => usage.ReadOwnAsync(p, today.AddDays(1 - DaysOfChart), today, cancellationToken), cancellationToken);
        var arns = endpoints.Select(endpoint => endpoint.Arn.ToString()).ToHashSet();
        var recommendations = Daily(used, today, c => IsAnswer(c.Measure) && arns.Contains(c.Subject));
        var events = Daily(used, today, c => c.Measure is UsageMeasure.Events && trackers.Contains(c.Subject));
        var running = await session.AsAsync(account, p => jobs.ListAsync(p, cancellationToken), cancellationToken);
        var names = solutions.Select(solution => solution.Name!).Concat(endpoints.Select(endpoint => endpoint.Name)).ToHashSet();
        return new OverviewView
        {
            Counts = counts, Endpoints = [.. endpoints.Where(endpoint => endpoint.IsLive).Select(endpoint => endpoint.Name)],
            EndpointsTitle = OverviewSteps.EndpointsTitle(domain, endpoints),
            Recommendations = new DailyCount(recommendations[^DaysOfTrend..]), Events = new DailyCount(events[^DaysOfTrend..]),
            PerDay = [Line("recommendations", recommendations, today, "1"), Line("events", events, today, "2")],
            Jobs = [.. running.Where(job => BelongsTo(job, project, names)).Select(Describe)],
            Steps = OverviewSteps.Of(domain, counts.Interactions, versions, endpoints, (long)events.Sum()),
        };
    }

    private static bool IsAnswer(UsageMeasure measure) =>
        measure is UsageMeasure.Recommendations or UsageMeasure.Rankings or UsageMeasure.ActionRecommendations;

    private async Task<int> ReadyVersionsAsync(string account, IReadOnlyList<SolutionSummary> solutions, CancellationToken cancellationToken)
    {
        var ready = 0;
        foreach (var solution in solutions)
        {
            var versions = await session.CallAsync<ListSolutionVersionsRequest, ListSolutionVersionsResponse>(
                account, new() { SolutionArn = solution.SolutionArn }, cancellationToken);
            ready += (versions.SolutionVersions ?? []).Count(v => v.Status is "ACTIVE");
        }
        return ready;
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

    /// <param name="names">Of the project's solutions, campaigns and recommenders: versions are below them.</param>
    private static bool BelongsTo(JobDescription job, string project, HashSet<string> names) =>
        Arn.TryParse(job.ResourceArn, out var arn) && (arn.Parent == project || names.Contains(arn.Parent) || names.Contains(arn.Name)
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
            JobKind.DeleteData => "Deletion of users",
            _ => "Tidying",
        };
        return new RunningJob(kind, Arn.Parse(job.ResourceArn).Name, job.Stage, job.Fraction);
    }
}
