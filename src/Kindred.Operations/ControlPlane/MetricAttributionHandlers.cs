using Kindred.Contracts.Attribution;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Operations.ControlPlane;

internal static class MetricAttributionHandlers
{
    public static void Add(OperationTable table)
    {
        table.Change<CreateMetricAttributionRequest, CreateMetricAttributionResponse>();
        table.Change<UpdateMetricAttributionRequest, UpdateMetricAttributionResponse>();
        table.Change<DeleteMetricAttributionRequest>();
        table.Describe<MetricAttributionState, DescribeMetricAttributionRequest, DescribeMetricAttributionResponse>(
            request => request.MetricAttributionArn, state => new() { MetricAttribution = Describe(state.Attribution) });
        table.List<MetricAttributionState, MetricAttributionSummary, ListMetricAttributionsRequest, ListMetricAttributionsResponse>(
            request => new(request.MaxResults, request.NextToken, request.DatasetGroupArn), state => Summarize(state.Attribution),
            (attributions, nextToken) => new() { MetricAttributions = attributions, NextToken = nextToken });
        table.Handle<ListMetricAttributionMetricsRequest, ListMetricAttributionMetricsResponse>("ListMetricAttributionMetrics", ListMetricsAsync);
    }

    private static async Task<ListMetricAttributionMetricsResponse> ListMetricsAsync(
        ListMetricAttributionMetricsRequest request, OperationContext context)
    {
        var arn = request.MetricAttributionArn
            ?? throw new RefusedException(RefusalCode.InvalidInput, "metricAttributionArn is missing; the ARN of a metric attribution was expected.");
        var metrics = (await context.FindAsync<MetricAttributionState>(arn)).Attribution.Metrics;
        var tokens = context.Services.GetRequiredService<PageTokens>();
        var list = $"ListMetricAttributionMetrics\n{context.Caller.Account}\n{arn}";
        var after = tokens.Open(list, request.NextToken);
        var rest = after is null ? [.. metrics] : metrics.SkipWhile(metric => metric.Name != after).Skip(1).ToList();
        var page = rest.Take(request.MaxResults ?? ResourcePages.DefaultPageSize).ToList();
        return new()
        {
            Metrics = [.. page.Select(metric => new MetricAttribute
            {
                EventType = metric.EventType, MetricName = metric.Name, Expression = metric.Expression,
            })],
            NextToken = rest.Count > page.Count ? tokens.Seal(list, page[^1].Name) : null,
        };
    }

    private static MetricAttribution Describe(AttributionRecord attribution) => new()
    {
        Name = attribution.Name,
        MetricAttributionArn = attribution.Arn.ToString(),
        DatasetGroupArn = attribution.DatasetGroupArn.ToString(),
        MetricsOutputConfig = new()
        {
            RoleArn = attribution.RoleArn,
            S3DataDestination = attribution.OutputPath is { } path ? new() { Path = path, KmsKeyArn = attribution.OutputKmsKeyArn } : null,
        },
        Status = attribution.Status,
        CreationDateTime = attribution.CreatedAt,
        LastUpdatedDateTime = attribution.UpdatedAt,
    };

    private static MetricAttributionSummary Summarize(AttributionRecord attribution) => new()
    {
        Name = attribution.Name,
        MetricAttributionArn = attribution.Arn.ToString(),
        Status = attribution.Status,
        CreationDateTime = attribution.CreatedAt,
        LastUpdatedDateTime = attribution.UpdatedAt,
    };
}
