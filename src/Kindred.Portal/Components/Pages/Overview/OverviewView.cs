using Kindred.Portal.Controls.Charts;
using Kindred.Serving.Readings;

namespace Kindred.Portal.Components.Pages.Overview;

/// <summary>One step on the way of a project.</summary>
/// <param name="Page">Where it is done; null where there is no page for it.</param>
/// <param name="Action">What the link there says.</param>
internal sealed record OverviewStep(string Title, string Text, bool IsDone, string? Page, string Action);

/// <summary>A number of every day, oldest first; the last is today's.</summary>
internal sealed record DailyCount(IReadOnlyList<double> Trend)
{
    public long Today => Trend.Count == 0 ? 0 : (long)Trend[^1];
}

/// <param name="Fraction">0..1.</param>
internal sealed record RunningJob(string Kind, string Name, string Stage, double Fraction);

/// <summary>What the overview shows.</summary>
internal sealed record OverviewView
{
    public required GroupCounts Counts { get; init; }
    public required IReadOnlyList<OverviewStep> Steps { get; init; }
    /// <summary>Names of the campaigns and recommenders that answer.</summary>
    public required IReadOnlyList<string> Endpoints { get; init; }
    /// <summary>What they are called together.</summary>
    public required string EndpointsTitle { get; init; }
    public required DailyCount Recommendations { get; init; }
    public required DailyCount Events { get; init; }
    public required IReadOnlyList<Series> PerDay { get; init; }
    public required IReadOnlyList<RunningJob> Jobs { get; init; }

    public bool HasData => Steps[0].IsDone;
    /// <summary>The first that is not done; null when all are.</summary>
    public OverviewStep? Next => Steps.FirstOrDefault(step => !step.IsDone);
    public string EndpointsNote => Endpoints.Count == 0 ? "none yet" : string.Join(", ", Endpoints.Take(3));
}
