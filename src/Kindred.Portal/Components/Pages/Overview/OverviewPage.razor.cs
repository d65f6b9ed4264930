using System.Globalization;
using Kindred.Contracts.Usage;
using Kindred.Operations.Intake;
using Kindred.Operations.Readings;
using Kindred.Portal.Components.Pages.Datasets;
using Kindred.Portal.Controls.Insights;
using Kindred.Serving.Readings;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Overview;

/// <summary>How far a project is, what is next, and what goes on in it.</summary>
public sealed partial class OverviewPage
{
    private OverviewView? _view;
    private HashSet<InsightKind> _stars = [];
    private DataInsights? _insights;

    [Inject] private DataIntake Intake { get; set; } = default!;
    [Inject] private DataReadings Data { get; set; } = default!;
    [Inject] private JobReadings Jobs { get; set; } = default!;
    [Inject] private IUsageMeter Usage { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;
    [Inject] private Stars Stars { get; set; } = default!;

    // It asks for more than other pages do.
    protected override TimeSpan Interval => TimeSpan.FromSeconds(3);

    // The first event turns its step green without anybody loading the page again.
    protected override bool IsLive => _view is { } view && (view.Jobs.Count > 0 || (view.HasData && view.Next is not null));

    protected override async Task LoadAsync() =>
        _view = await new OverviewReading(Session, Data, Jobs, Usage, Clock).ReadAsync(Account, Project!, Leaving);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _stars = await Stars.ReadAsync(Link());
        if (_stars.Count == 0) return;
        await TryAsync(async () => _insights = await Session.AsAsync(Account, p => Data.AnalyseAsync(p, ProjectArn, Leaving), Leaving));
        StateHasChanged();
    }

    private async Task UnstarAsync(InsightKind kind)
    {
        _stars.Remove(kind);
        await Stars.WriteAsync(Link(), _stars);
    }

    private void Continue(string location) => Navigation.NavigateTo(ImportAddress.Of(Account, Project!, "Interactions", location));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
