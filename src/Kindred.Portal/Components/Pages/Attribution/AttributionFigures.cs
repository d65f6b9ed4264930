using Kindred.Contracts.Arns;
using Kindred.Contracts.Attribution;
using Kindred.Contracts.Protocol;
using Kindred.Portal.Controls.Charts;
using Kindred.Serving.Attribution;

namespace Kindred.Portal.Components.Pages.Attribution;

/// <param name="Text">The metric's expression.</param>
/// <param name="Lines">By what the events are attributed to, the greatest first; one point a day.</param>
/// <param name="Sources">Sums of all sources, the greatest first.</param>
internal sealed record MetricFigures(
    string Name, string EventType, string Text, double Sum, IReadOnlyList<Series> Lines, IReadOnlyList<(string Name, double Value)> Sources);

/// <summary>Values of quarters of an hour as the page shows them: by day.</summary>
internal static class AttributionFigures
{
    /// <summary>Lines of one chart; what further sources come to is in the table below it.</summary>
    private const int MostLines = 5;

    public static IReadOnlyList<MetricFigures> Of(
        IReadOnlyList<MetricAttribute> metrics, IReadOnlyList<AttributedValue> values, DateOnly today, int days)
    {
        var byMetric = values.ToLookup(value => value.Metric, StringComparer.Ordinal);
        return [.. metrics.Select(metric => Of(metric, [.. byMetric[metric.MetricName]], today, days))];
    }

    private static MetricFigures Of(MetricAttribute metric, List<AttributedValue> values, DateOnly today, int days)
    {
        var sources = values.GroupBy(value => value.Source).Select(group => (Source: group.Key, Sum: group.Sum(value => value.Value), Values: group.ToList()))
            .OrderByDescending(source => source.Sum).ThenBy(source => source.Source, StringComparer.Ordinal).ToList();
        var lines = sources.Take(MostLines).Select((source, i) =>
        {
            var perDay = new double[days];
            foreach (var value in source.Values)
            {
                var ago = today.DayNumber - DateOnly.FromDateTime(value.At.UtcDateTime).DayNumber;
                if (ago >= 0 && ago < days) perDay[^(ago + 1)] += value.Value;
            }
            return new Series(
                NameOf(source.Source), [.. perDay.Select((sum, day) => ((double)today.AddDays(day + 1 - days).ToDateTime(default).Ticks, sum))], $"{i + 1}");
        });
        return new MetricFigures(
            metric.MetricName, metric.EventType, metric.Expression, sources.Sum(source => source.Sum), [.. lines],
            [.. sources.Select(source => (NameOf(source.Source), source.Sum))]);
    }

    private static string NameOf(string source) => source switch
    {
        AttributionSources.Undefined => "no recommendation",
        AttributionSources.Other => "further sources",
        _ => Arn.TryParse(source, out var arn) ? $"{arn.Type} {arn.Name}" : source,
    };
}
