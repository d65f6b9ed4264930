using System.Globalization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Operations.Readings;
using Kindred.Portal.Controls.Charts;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Solutions;

/// <summary>One solution: its training while it lasts, its versions, and how they compare.</summary>
public sealed partial class SolutionPage
{
    private const int Page = 20;
    private Solution? _solution;
    private List<VersionView>? _versions;
    private IReadOnlyList<DeletionReading>? _deletions; // read when a version is of before one
    private List<string> _compared = [];
    private int _shown = Page;
    private string? _of;
    private bool _isBusy;
    private bool _isDeleting;

    [Inject] private JobReadings Readings { get; set; } = default!;

    [Parameter] public string Name { get; set; } = "";

    protected override bool IsLive => _versions is [{ IsTraining: true }, ..];

    private Arn SolutionArn => Arn.Solution(Session.Region, Account, Name);

    private RecipeWords Words => RecipeWords.OfArn(_solution?.RecipeArn ?? _versions?.FirstOrDefault()?.Reading.State.Version.RecipeArn);

    private IReadOnlyList<VersionView> Compared => [.. (_versions ?? []).Where(v => _compared.Contains(v.Id)).Reverse()];

    /// <summary>The versions, and the line to beat: of two versions the first is what the other is held against, else popularity.</summary>
    private static List<IntervalRow> RowsOf(IReadOnlyList<VersionView> compared, IReadOnlyList<(string Key, string Name)> metrics)
    {
        List<IntervalRow> rows =
            [.. compared.Select((version, i) => version.Row(metrics, tone: i == 0 ? "1" : "2", isBaseline: compared.Count == 2 && i == 0))];
        // Of two versions the later one's: its data are the newer ones.
        if (compared[^1].PopularityRow(metrics, isBaseline: compared.Count == 1) is { } popularity) rows.Add(popularity);
        return rows;
    }

    private IEnumerable<(string Name, string Value)> Facts
    {
        get
        {
            var config = _solution?.SolutionConfig;
            yield return ("Recipe", _solution?.RecipeArn is { } arn ? arn[(arn.LastIndexOf('/') + 1)..] : "chosen by a search");
            yield return ("Trains by itself", _solution is null ? "–" : ScheduleWords.Of(_solution) ?? "No");
            yield return ("Learns from", _solution?.EventType ?? "all events");
            if (config?.EventValueThreshold is { } threshold) yield return ("Values of at least", threshold);
            if (config?.TrainingDataConfig?.ExcludedDatasetColumns is { Count: > 0 } excluded)
                yield return ("Columns left out", string.Join(", ", excluded.SelectMany(c => c.Value)));
            foreach (var (name, value) in config?.AlgorithmHyperParameters ?? new Dictionary<string, string>()) yield return (name, value);
            foreach (var (name, value) in config?.FeatureTransformationParameters ?? new Dictionary<string, string>()) yield return (name, value);
            if (_versions?.FirstOrDefault()?.Reading.State.Version.Tuned is { } tuned)
                yield return ("Found by the search", string.Join(", ", tuned.Algorithm?.Select(p => $"{p.Key} {p.Value}") ?? []));
            if (_versions?.FirstOrDefault(v => v.IsReady)?.Reading.State.Habit is { } habit) yield return ("The data", habit);
            yield return ("ARN", SolutionArn.ToString());
        }
    }

    /// <summary>What a version still knows that was deleted; null where it knows nothing of the kind.</summary>
    private string? DeletionNote(VersionView version)
    {
        if (version.DataDeletedAt is not { } at) return null;
        var whose = version.UsersDeletedSince(_deletions ?? []) switch
        {
            null => "data of users were",
            1 => "the data of 1 user were",
            { } users => string.Create(CultureInfo.InvariantCulture, $"the data of {users:N0} users were"),
        };
        return string.Create(CultureInfo.InvariantCulture,
            $"{version.Name} was trained before {whose} deleted on {at.UtcDateTime:d MMM yyyy}, and holds what it learnt from them.");
    }

    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        if (_of is not null && _of != Name) await TryAsync(LoadAsync);
        _of = Name;
    }

    protected override async Task LoadAsync()
    {
        _deletions = null;
        _solution = (await CallAsync<DescribeSolutionRequest, DescribeSolutionResponse>(new() { SolutionArn = SolutionArn.ToString() })).Solution;
        await RefreshAsync();
        _compared = [.. _versions!.Where(v => v.Reading.State.Metrics is not null).Take(2).Select(v => v.Id)];
    }

    protected override async Task RefreshAsync()
    {
        var wasMeasured = _versions?.Count(v => v.Reading.State.Metrics is not null);
        var readings = await Session.AsAsync(Account, p => Readings.ListVersionsAsync(p, SolutionArn, Leaving), Leaving);
        _versions = [.. readings.Select(reading => new VersionView(reading))];
        if (_deletions is null && _versions.Exists(version => version.DataDeletedAt is not null))
            _deletions = await Session.AsAsync(Account, p => Readings.ListDeletionsAsync(p, ProjectArn, Leaving), Leaving);
        // A version that has just become ready is what people waited for.
        if (wasMeasured is not null && wasMeasured < _versions.Count(v => v.Reading.State.Metrics is not null))
            _compared = [.. _versions.Where(v => v.Reading.State.Metrics is not null).Take(2).Select(v => v.Id)];
    }

    private static string StageOf(VersionView version) => version.Reading.Job switch
    {
        { Stage: { Length: > 0 } stage } => char.ToUpper(stage[0], CultureInfo.InvariantCulture) + stage[1..],
        _ => "Waiting",
    };

    /// <summary>At most two; a third takes the place of the one that was chosen first.</summary>
    private void Compare(VersionView version, bool isCompared)
    {
        _compared.Remove(version.Id);
        if (!isCompared) return;
        if (_compared.Count == 2) _compared.RemoveAt(0);
        _compared.Add(version.Id);
    }

    private Task TrainAsync() => DoAsync(() =>
        CallAsync<CreateSolutionVersionRequest, CreateSolutionVersionResponse>(new() { SolutionArn = SolutionArn.ToString() }));

    private Task StopAsync(VersionView version) => DoAsync(() =>
        CallAsync(new StopSolutionVersionCreationRequest { SolutionVersionArn = version.Reading.State.Arn.ToString() }));

    private async Task DoAsync(Func<Task> work)
    {
        _isBusy = true;
        if (await TryAsync(work)) await TryAsync(RefreshAsync);
        _isBusy = false;
    }

    private async Task DeleteAsync()
    {
        if (!await TryAsync(() => CallAsync(new DeleteSolutionRequest { SolutionArn = SolutionArn.ToString() }))) return;
        _isDeleting = false;
        Navigation.NavigateTo(Link("solutions"));
    }
}
