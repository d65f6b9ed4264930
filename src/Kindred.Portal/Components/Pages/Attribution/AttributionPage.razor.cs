using Kindred.Contracts.Protocol;
using Kindred.Operations.Readings;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Attribution;

/// <summary>What recommendations lead to.</summary>
public sealed partial class AttributionPage
{
    /// <summary>The contract wants one; nothing here reads it.</summary>
    private const string UnusedRole = "arn:aws:iam::000000000000:role/not-used";

    private static readonly int[] Ranges = [7, 14];
    private int _days = 7;
    private MetricAttributionSummary? _attribution;
    private IReadOnlyList<MetricFigures>? _metrics;
    private bool _isNaming;
    private bool _isDeleting;
    private bool _isBusy;
    private string _name = "orders";
    private string _eventType = "Purchase";
    private string _expression = "SAMPLECOUNT()";

    [Inject] private AttributionReadings Attributions { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override async Task LoadAsync()
    {
        var found = await CallAsync<ListMetricAttributionsRequest, ListMetricAttributionsResponse>(new() { DatasetGroupArn = ProjectArn.ToString() });
        _attribution = found.MetricAttributions is [var attribution, ..] ? attribution : null;
        _metrics = _attribution is null ? [] : await ReadAsync(_attribution.MetricAttributionArn!);
    }

    private async Task<IReadOnlyList<MetricFigures>> ReadAsync(string arn)
    {
        var metrics = await CallAsync<ListMetricAttributionMetricsRequest, ListMetricAttributionMetricsResponse>(new() { MetricAttributionArn = arn });
        var now = Clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var from = new DateTimeOffset(today.AddDays(1 - _days).ToDateTime(default), TimeSpan.Zero);
        var values = await Session.AsAsync(
            Account, p => Attributions.ReadAsync(p, Contracts.Arns.Arn.Parse(arn), from, now.AddDays(1), Leaving), Leaving);
        return AttributionFigures.Of(metrics.Metrics ?? [], values, today, _days);
    }

    private async Task ShowAsync(int days)
    {
        _days = days;
        await TryAsync(LoadAsync);
    }

    private void Ask() => (_isNaming, Refusal) = (true, null);

    private async Task SaveAsync()
    {
        _isBusy = true;
        var metric = new MetricAttribute { MetricName = _name.Trim(), EventType = _eventType.Trim(), Expression = _expression.Trim() };
        var done = await TryAsync(async () =>
        {
            if (_attribution is null)
                await CallAsync<CreateMetricAttributionRequest, CreateMetricAttributionResponse>(new()
                {
                    Name = $"{Project}-results", DatasetGroupArn = ProjectArn.ToString(), Metrics = [metric],
                    MetricsOutputConfig = new() { RoleArn = UnusedRole },
                });
            else
                await CallAsync<UpdateMetricAttributionRequest, UpdateMetricAttributionResponse>(
                    new() { MetricAttributionArn = _attribution.MetricAttributionArn, AddMetrics = [metric] });
            await LoadAsync();
        });
        _isBusy = false;
        if (done) _isNaming = false;
    }

    private Task<bool> RemoveAsync(string name) => TryAsync(async () =>
    {
        await CallAsync<UpdateMetricAttributionRequest, UpdateMetricAttributionResponse>(
            new() { MetricAttributionArn = _attribution!.MetricAttributionArn, RemoveMetrics = [name] });
        await LoadAsync();
    });

    private async Task DeleteAsync()
    {
        if (!await TryAsync(() => CallAsync(new DeleteMetricAttributionRequest { MetricAttributionArn = _attribution!.MetricAttributionArn! }))) return;
        _isDeleting = false;
        await TryAsync(LoadAsync);
    }
}
