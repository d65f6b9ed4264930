using System.Runtime.InteropServices;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Attribution;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Recommenders;
using Kindred.Serving.Caching;
using Kindred.Serving.Groups;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Kindred.Storage.Segments;

namespace Kindred.Serving.Attribution;

/// <summary>
/// Adds up what metric attributions ask for, from the positions of the event log: what has been counted and how far is stored in one
/// step, so that it is the same whoever counts, how often, and after whatever crash. Safe for any number of concurrent callers.
/// </summary>
public sealed class AttributionCounter(
    IResourceCatalog catalog, GroupDirectory groups, IEventLog log, IArtifactStore artifacts, IAttributionSeries series, TimeProvider clock)
{
    /// <summary>How long values are kept; events that are older when they come are not counted.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>Counts what has come since the last time. Reading the log takes as long as that is; no grain's turn waits for it.</summary>
    /// <param name="atLeast">Counts on until this position of the log is reached, if it is not yet; the log may let go of what lies below.</param>
    public async Task CountAsync(Arn datasetGroup, CancellationToken cancellationToken, long atLeast = 0)
    {
        if (await FindAsync(datasetGroup, cancellationToken) is not { } attribution) return;
        var through = await series.FindThroughAsync(attribution.Arn);
        while (through is { } from && from < await log.EndPositionAsync(datasetGroup, cancellationToken))
        {
            await CountAsync(attribution, from, cancellationToken);
            through = await series.FindThroughAsync(attribution.Arn);
            // Somebody else may have been quicker, and less far; where nobody gets on, the group is gone.
            if (through >= atLeast || through == from) return;
        }
    }

    /// <returns>The attribution of a dataset group; null when it has none.</returns>
    public async Task<AttributionRecord?> FindAsync(Arn datasetGroup, CancellationToken cancellationToken) =>
        (await catalog.ScanAccountAsync<MetricAttributionState>(datasetGroup.Region, datasetGroup.Account, cancellationToken)
            .FirstOrDefaultAsync(state => state.Attribution.DatasetGroupArn == datasetGroup, cancellationToken))?.Attribution;

    /// <summary>What the rows of interaction segments come to, each metric by source.</summary>
    public async Task<IReadOnlyList<AttributedTotal>> SumAsync(
        AttributionRecord attribution, IReadOnlyList<SegmentReference> segments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attribution);
        if (await groups.BorrowAsync(attribution.DatasetGroupArn, cancellationToken) is not { } borrowed) return [];
        using var group = borrowed;
        var sources = new AttributionSources(await EndpointsAsync(attribution.Arn, cancellationToken), []);
        var metrics = Readers(attribution, group.Value);
        string[] columns =
        [
            ColumnNames.RecommendationId, ColumnNames.EventAttributionSource,
            .. metrics.Select(metric => metric.Expression)
                .Where(e => e.DatasetType is DatasetTypes.Interactions && e.Column is not ColumnNames.EventValue).Select(e => e.Column!).Distinct(),
        ];
        var sums = new Dictionary<(int Metric, string Source), double>();
        using var copies = await artifacts.OpenAllAsync(segments.Select(segment => segment.Path), cancellationToken);
        InteractionSegments.Read(copies.PathsOf(segments), batch =>
        {
            var metadata = batch.Metadata.ToArray();
            for (var row = 0; row < batch.Count; row++)
            {
                var type = batch.EventTypes[row] < 0 ? null : batch.EventTypeNames[batch.EventTypes[row]];
                var at = row;
                for (var m = 0; m < metrics.Length; m++)
                {
                    var value = metrics[m].Read(
                        type, batch.ItemIds[batch.Items[row]], batch.EventValues[row], column => metadata[Array.IndexOf(columns, column)][at]);
                    if (value is { } found)
                        CollectionsMarshal.GetValueRefOrAddDefault(sums, (m, sources.Of(metadata[1][row], metadata[0][row])), out _) += found;
                }
            }
        }, cancellationToken, metadata: columns);
        return [.. sums.Select(sum => new AttributedTotal(metrics[sum.Key.Metric].Metric, metrics[sum.Key.Metric].Expression.Function, sum.Key.Source, sum.Value))];
    }

    /// <summary>Nothing is added where somebody else was quicker.</summary>
    private async Task CountAsync(AttributionRecord attribution, long from, CancellationToken cancellationToken)
    {
        if (await groups.BorrowAsync(attribution.DatasetGroupArn, cancellationToken) is not { } borrowed) return;
        using var group = borrowed;
        var sources = new AttributionSources(
            await EndpointsAsync(attribution.Arn, cancellationToken), await series.ListSourcesAsync(attribution.Arn));
        var metrics = Readers(attribution, group.Value);
        var oldest = QuarterOf(clock.GetUtcNow() - Kept);
        var sums = new Dictionary<(int Metric, string Source, DateTimeOffset At), double>();
        var through = await log.EndPositionAsync(attribution.DatasetGroupArn, cancellationToken);
        await log.ReadAsync(attribution.DatasetGroupArn, from, (position, record) =>
        {
            through = Math.Max(through, position + 1);
            if (record is not StreamedEvent e || e.SentAt < oldest) return;
            for (var m = 0; m < metrics.Length; m++)
            {
                if (metrics[m].Read(e.EventType, e.ItemId, e.EventValue, column => MetricReader.Property(e.PropertiesJson, column)) is not { } value) continue;
                var key = (m, sources.Of(e.EventAttributionSource, e.RecommendationId), QuarterOf(e.SentAt));
                CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _) += value;
            }
        }, cancellationToken);
        var values = sums.Select(sum => new AttributedValue(metrics[sum.Key.Metric].Metric.Name, sum.Key.Source, sum.Key.At, sum.Value)).ToArray();
        await series.AddAsync(attribution.Arn, from, through, values, oldest);
    }

    private static MetricReader[] Readers(AttributionRecord attribution, GroupView group) =>
        [.. attribution.Metrics.Select(metric => new MetricReader(metric, group))];

    private async Task<List<string>> EndpointsAsync(Arn attribution, CancellationToken cancellationToken) =>
    [
        .. await catalog.ScanAccountAsync<CampaignState>(attribution.Region, attribution.Account, cancellationToken)
            .Select(campaign => campaign.Arn.ToString()).ToListAsync(cancellationToken),
        .. await catalog.ScanAccountAsync<RecommenderState>(attribution.Region, attribution.Account, cancellationToken)
            .Select(recommender => recommender.Arn.ToString()).ToListAsync(cancellationToken),
    ];

    private static DateTimeOffset QuarterOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Quarter.Ticks), TimeSpan.Zero);
}
