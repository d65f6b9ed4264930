using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Recommenders;
using Kindred.Operations.Readings;
using Kindred.Portal.Components.Pages.Solutions;
using Kindred.Portal.Controls.Charts;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Recommenders;

/// <summary>One recommender: how it trains, how good it is, tried as a user, stopped, started, deleted.</summary>
public sealed partial class RecommenderPage
{
    private RecommenderReading? _reading;
    private VersionView? _version;
    private string? _of;
    private bool _isStopping;
    private bool _isDeleting;
    private bool _isBusy;

    [Parameter] public string Name { get; set; } = "";

    [Inject] private JobReadings Readings { get; set; } = default!;

    protected override bool IsLive => _reading is { } reading
        && (reading.Job is not null || Recommender.Status is not ("ACTIVE" or "INACTIVE" or "CREATE FAILED")
            || Recommender.LatestUpdate is { Status: not ("ACTIVE" or "CREATE FAILED") });

    private RecommenderRecord Recommender => _reading!.State.Recommender;

    private Arn RecommenderArn => Arn.Of(Session.Region, Account, ResourceTypes.Recommender, Name);

    private string UseCase => UseCaseWords.NameOf(Recommender.RecipeArn);

    private UseCaseWords Words => UseCaseWords.Of(UseCase);

    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        if (_of is not null && _of != Name) await TryAsync(LoadAsync);
        _of = Name;
    }

    protected override async Task LoadAsync()
    {
        _reading = await Session.AsAsync(Account, p => Readings.DescribeRecommenderAsync(p, RecommenderArn, Leaving), Leaving);
        _version = _reading.Serving is { } serving ? new VersionView(new VersionReading(serving, Job: null)) : null;
    }

    private static List<IntervalRow> RowsOf(VersionView version, IReadOnlyList<(string Key, string Name)> metrics) =>
        version.PopularityRow(metrics, isBaseline: true) is { } popularity
            ? [version.Row(metrics, tone: "1", isBaseline: false), popularity] : [version.Row(metrics, tone: "1", isBaseline: false)];

    private async Task StopAsync()
    {
        if (await ChangeAsync(() => CallAsync<StopRecommenderRequest, StopRecommenderResponse>(new() { RecommenderArn = RecommenderArn.ToString() })))
            _isStopping = false;
    }

    private async Task StartAsync() =>
        await ChangeAsync(() => CallAsync<StartRecommenderRequest, StartRecommenderResponse>(new() { RecommenderArn = RecommenderArn.ToString() }));

    private async Task<bool> ChangeAsync(Func<Task> change)
    {
        _isBusy = true;
        var done = await TryAsync(async () =>
        {
            await change();
            await LoadAsync();
        });
        _isBusy = false;
        return done;
    }

    private async Task DeleteAsync()
    {
        if (!await TryAsync(() => CallAsync(new DeleteRecommenderRequest { RecommenderArn = RecommenderArn.ToString() }))) return;
        _isDeleting = false;
        Navigation.NavigateTo(Link("recommenders"));
    }
}
