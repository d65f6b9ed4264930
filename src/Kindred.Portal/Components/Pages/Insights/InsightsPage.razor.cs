using System.Globalization;
using Kindred.Operations.Readings;
using Kindred.Portal.Controls.Insights;
using Kindred.Serving.Readings;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Insights;

/// <summary>Charts of a project's interactions, each with what it says.</summary>
public sealed partial class InsightsPage
{
    private DataInsights? _data;
    private HashSet<InsightKind> _stars = [];

    [Inject] private DataReadings Readings { get; set; } = default!;
    [Inject] private Stars Stars { get; set; } = default!;

    protected override async Task LoadAsync() =>
        _data = await Session.AsAsync(Account, p => Readings.AnalyseAsync(p, ProjectArn, Leaving), Leaving);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _stars = await Stars.ReadAsync(Link());
        StateHasChanged();
    }

    private async Task StarAsync(InsightKind kind)
    {
        if (!_stars.Remove(kind)) _stars.Add(kind);
        await Stars.WriteAsync(Link(), _stars);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
