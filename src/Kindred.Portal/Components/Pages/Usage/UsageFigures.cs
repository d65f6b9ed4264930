using Kindred.Contracts.Arns;
using Kindred.Contracts.Usage;
using Kindred.Portal.Controls.Charts;

namespace Kindred.Portal.Components.Pages.Usage;

/// <param name="PerDay">Oldest first.</param>
internal sealed record UsageTotal(string Name, double Sum, IReadOnlyList<double> PerDay);

/// <param name="Name">Short; <paramref name="Subject"/> is the whole of it.</param>
internal sealed record UsageSubject(string What, string Name, string Subject, long Count);

/// <summary>Counts of days as the page shows them.</summary>
internal sealed record UsageFigures(IReadOnlyList<UsageTotal> Totals, IReadOnlyList<Series> Lines, IReadOnlyList<UsageSubject> Subjects)
{
    private const int MostSubjects = 100;

    private static readonly (string Name, UsageMeasure[] Measures)[] Groups =
    [
        ("Recommendations", [UsageMeasure.Recommendations, UsageMeasure.Rankings, UsageMeasure.ActionRecommendations]),
        ("Events", [UsageMeasure.Events, UsageMeasure.ActionInteractions]),
        ("Items and users put", [UsageMeasure.Items, UsageMeasure.Users, UsageMeasure.Actions]),
        ("Batch lines", [UsageMeasure.BatchLines]),
        ("Changes and lists", [UsageMeasure.ControlRequests]),
    ];

    public static UsageFigures Of(IReadOnlyList<UsageCount> counts, DateOnly today, int days)
    {
        var totals = Groups.Select(group =>
        {
            var perDay = new double[days];
            foreach (var count in counts.Where(c => group.Measures.Contains(c.Measure)))
            {
                var ago = today.DayNumber - count.Day.DayNumber;
                if (ago >= 0 && ago < days) perDay[^(ago + 1)] += count.Count;
            }
            return new UsageTotal(group.Name, perDay.Sum(), perDay);
        }).ToList();
        var lines = totals.Take(2).Select((total, i) => new Series(
            total.Name.ToLowerInvariant(),
            [.. total.PerDay.Select((n, day) => ((double)today.AddDays(day + 1 - days).ToDateTime(default).Ticks, n))], $"{i + 1}", Area: i == 0));
        var subjects = counts.Where(c => c.Subject.Length > 0).GroupBy(c => (c.Measure, c.Subject))
            .Select(g => new UsageSubject(Words(g.Key.Measure), NameOf(g.Key.Subject), g.Key.Subject, g.Sum(c => c.Count)))
            .OrderByDescending(s => s.Count).Take(MostSubjects);
        return new UsageFigures(totals, [.. lines], [.. subjects]);
    }

    private static string NameOf(string subject) => Arn.TryParse(subject, out var arn) ? arn.Name : subject;

    private static string Words(UsageMeasure measure) => measure switch
    {
        UsageMeasure.Recommendations => "Recommendations",
        UsageMeasure.Rankings => "Rankings",
        UsageMeasure.Events => "Events",
        UsageMeasure.Items => "Items put",
        UsageMeasure.Users => "Users put",
        UsageMeasure.ActionRecommendations => "Recommendations of actions",
        UsageMeasure.Actions => "Actions put",
        UsageMeasure.ActionInteractions => "Events about actions",
        UsageMeasure.BatchLines => "Lines of batch jobs",
        _ => "Changes and lists",
    };
}
