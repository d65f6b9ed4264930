using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Attribution;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Resources;
using Kindred.Serving.Attribution;
using Kindred.Storage.Events;
using Kindred.Storage.Objects;
using Kindred.Storage.Schemas;

namespace Kindred.Grains.Attribution;

/// <summary>Making, changing and deleting metric attributions; runs on the tenant's turn.</summary>
internal sealed class MetricAttributionOperations(
    IGrainFactory grains, Inventory inventory, IEventLog events, IAttributionSeries series, TimeProvider clock)
{
    private const int MostMetrics = 10;

    public async Task<CreateMetricAttributionResponse> CreateAsync(CreateMetricAttributionRequest request, Caller caller)
    {
        var arn = caller.Name<MetricAttributionState>(request.Name);
        if (!await grains.IsRepeatAsync<MetricAttributionState>(arn, caller))
        {
            var group = await grains.ExpectAsync<DatasetGroupState>(caller.Own<DatasetGroupState>(request.DatasetGroupArn));
            if ((await inventory.InAsync<MetricAttributionState>(group.Arn)).FirstOrDefault() is { } other)
                throw Refuse.TooMany($"The dataset group {group.Arn} has a metric attribution: {other.Arn}. A group can have one.");
            var metrics = request.Metrics.Select(metric => new AttributedMetric(metric.EventType, metric.MetricName, metric.Expression)).ToArray();
            await CheckAsync(group.Arn, metrics, request.MetricsOutputConfig);
            // First where counting begins: should the process die in between, the next try begins anew.
            await series.BeginAsync(arn, await events.EndPositionAsync(group.Arn, CancellationToken.None));
            await grains.Resource<MetricAttributionState>(arn).CreateAsync(Created(arn, group.Arn, metrics, request, caller));
        }
        return new CreateMetricAttributionResponse { MetricAttributionArn = arn.ToString() };
    }

    public async Task<UpdateMetricAttributionResponse> UpdateAsync(UpdateMetricAttributionRequest request, Caller caller)
    {
        var arn = caller.Own<MetricAttributionState>(
            request.MetricAttributionArn ?? throw Refuse.Invalid("metricAttributionArn is missing; the ARN of a metric attribution was expected."));
        var current = (await grains.ExpectAsync<MetricAttributionState>(arn)).Attribution;
        var removed = request.RemoveMetrics ?? [];
        if (removed.Except(current.Metrics.Select(metric => metric.Name)).FirstOrDefault() is { } unknown)
            throw Refuse.Invalid($"removeMetrics names '{unknown}', which is no metric of {arn}; its metrics are: {string.Join(", ", current.Metrics.Select(metric => metric.Name))}.");
        var kept = current.Metrics.Where(metric => !removed.Contains(metric.Name)).ToArray();
        var added = (request.AddMetrics ?? [])
            .Select(metric => new AttributedMetric(metric.EventType, metric.MetricName, metric.Expression)).ToArray();
        if (added.FirstOrDefault(metric => kept.Any(other => other.Name == metric.Name)) is { } twice)
            throw new RefusedException(
                RefusalCode.ResourceAlreadyExists,
                $"{arn} has a metric '{twice.Name}' already; remove it in the same request, or give another name.");
        AttributedMetric[] metrics = [.. kept, .. added];
        await CheckAsync(current.DatasetGroupArn, metrics, request.MetricsOutputConfig);
        var output = request.MetricsOutputConfig;
        await grains.GetGrain<IMetricAttributionResource>(arn.ToString()).UpdateAsync(current with
        {
            Metrics = metrics, UpdatedAt = clock.GetUtcNow(), RoleArn = output?.RoleArn ?? current.RoleArn,
            OutputPath = output is null ? current.OutputPath : output.S3DataDestination?.Path,
            OutputKmsKeyArn = output is null ? current.OutputKmsKeyArn : output.S3DataDestination?.KmsKeyArn,
        });
        return new UpdateMetricAttributionResponse { MetricAttributionArn = arn.ToString() };
    }

    public async Task DeleteAsync(MetricAttributionState attribution)
    {
        await grains.Resource<MetricAttributionState>(attribution.Arn).DeleteAsync();
        await series.DeleteAsync(attribution.Arn);
    }

    private async Task CheckAsync(Arn group, AttributedMetric[] metrics, MetricAttributionOutput? output)
    {
        var schemas = (await inventory.InAsync<DatasetState>(group))
            .ToDictionary(dataset => dataset.Dataset.DatasetType, dataset => ParsedSchema.Parse(dataset.Data.Schema));
        var faults = new Faults();
        faults.Require(metrics.Length > 0, "There is no metric; at least one was expected.");
        faults.Require(schemas.ContainsKey(DatasetTypes.Interactions) && schemas[DatasetTypes.Interactions].IndexOf(ColumnNames.EventType) >= 0,
            $"The dataset group {group} has no Interactions dataset with the column EVENT_TYPE, which metrics are counted by.");
        foreach (var twice in metrics.GroupBy(metric => metric.Name).Where(named => named.Count() > 1))
            faults.Add($"The metric name '{twice.Key}' is given {twice.Count()} times; names must be unique.");
        foreach (var metric in metrics) faults.Hear(() => MetricExpression.Parse(metric.Expression, schemas.GetValueOrDefault));
        if (output?.S3DataDestination?.Path is { } path) faults.Hear(() => ObjectStore.CheckFolder(path));
        faults.ThrowIfAny();
        if (metrics.Length > MostMetrics)
            throw Refuse.TooMany($"A metric attribution can have at most {MostMetrics} metrics; it would have {metrics.Length}.");
    }

    private MetricAttributionState Created(
        Arn arn, Arn group, AttributedMetric[] metrics, CreateMetricAttributionRequest request, Caller caller)
    {
        var now = clock.GetUtcNow();
        return new MetricAttributionState
        {
            Attribution = new AttributionRecord
            {
                Name = request.Name, Arn = arn, DatasetGroupArn = group, Metrics = metrics,
                OutputPath = request.MetricsOutputConfig.S3DataDestination?.Path,
                OutputKmsKeyArn = request.MetricsOutputConfig.S3DataDestination?.KmsKeyArn, RoleArn = request.MetricsOutputConfig.RoleArn,
                Status = ResourceStatus.Active, CreatedAt = now, UpdatedAt = now,
            },
            Origin = caller.Origin(null),
        };
    }
}
