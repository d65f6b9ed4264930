using System.Globalization;
using System.Text;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Serving.Attribution;
using Kindred.Storage.Objects;

namespace Kindred.Grains.Attribution;

/// <summary>Writes what the rows of an import come to into the tenant's bucket.</summary>
internal sealed class AttributionReports(AttributionCounter counter, ObjectStore objects)
{
    private const long MostBytes = 64 << 20;

    /// <summary>Another attempt at the same import writes the same object again.</summary>
    public async Task WriteAsync(ImportJobRecord import, Arn datasetGroup, IReadOnlyList<SegmentReference> segments, CancellationToken cancellationToken)
    {
        if (await counter.FindAsync(datasetGroup, cancellationToken) is not { OutputPath: { } folder } attribution) return;
        var totals = await counter.SumAsync(attribution, segments, cancellationToken);
        var at = import.CreatedAt.ToUnixTimeSeconds();
        var csv = new StringBuilder("METRIC_NAME,EVENT_TYPE,VALUE,MATH_FUNCTION,EVENT_ATTRIBUTION_SOURCE,TIMESTAMP\n");
        foreach (var total in totals.OrderBy(total => total.Metric.Name, StringComparer.Ordinal).ThenBy(total => total.Source, StringComparer.Ordinal))
        {
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{Cell(total.Metric.Name)},{Cell(total.Metric.EventType)},{total.Value:R},{total.Function},{Cell(total.Source)},{at}\n");
        }
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        var name = string.Create(CultureInfo.InvariantCulture, $"AggregatedAttributionMetrics - {import.ImportMode} - {at}.csv");
        await objects.PutIntoAsync(import.Arn.Account, folder, name, body, MostBytes, cancellationToken);
    }

    private static string Cell(string text) =>
        text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
