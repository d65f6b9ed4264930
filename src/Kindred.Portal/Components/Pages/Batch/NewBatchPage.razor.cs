using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Operations.Intake;
using Kindred.Operations.Readings;
using Kindred.Operations.Solutions;
using Kindred.Portal.Components.Pages.Solutions;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Batch;

/// <summary>A file of questions, and what answers them; or a dataset to write.</summary>
public sealed partial class NewBatchPage
{
    /// <summary>Types of datasets that can be exported.</summary>
    private static readonly HashSet<string?> Exported = new(["INTERACTIONS", "ITEMS", "USERS"], StringComparer.OrdinalIgnoreCase);

    private readonly FileJobDraft _draft = new();
    private List<Choice>? _versions;
    private IReadOnlyList<DatasetSummary> _datasets = [];
    private IReadOnlyList<FilterSummary> _filters = [];
    private IReadOnlyDictionary<string, string> _faults = new Dictionary<string, string>();
    private bool _isBusy;

    [Inject] private JobReadings Readings { get; set; } = default!;
    [Inject] private RecipeOffers Offers { get; set; } = default!;
    [Inject] private DataIntake Intake { get; set; } = default!;

    /// <summary><c>recommendations</c>, <c>segments</c> or <c>export</c>; what is none of them counts as the first.</summary>
    [SupplyParameterFromQuery] public string? Kind { get; set; }

    /// <summary>A version that can answer.</summary>
    private sealed record Choice(string Arn, string Title, RecipeOffer Recipe);

    private FileJobKind JobKind => FileJobWords.Kind(Kind);

    private IReadOnlyList<Choice> Versions => [.. _versions!.Where(version => FileJobWords.Answers(version.Recipe, JobKind))];

    private Choice Chosen => Versions.FirstOrDefault(version => version.Arn == _draft.Version) ?? Versions[0];

    private string Lead => JobKind switch
    {
        FileJobKind.Segments => "Users who are likely to want an item, or items like these: one list for each line of a file.",
        FileJobKind.Export => "A dataset as CSV files that an import reads again.",
        _ => "Recommendations for each line of a file, as a request would get them.",
    };

    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        Suggest();
    }

    protected override async Task LoadAsync()
    {
        var group = ProjectArn.ToString();
        var solutions = await CallAsync<ListSolutionsRequest, ListSolutionsResponse>(new() { DatasetGroupArn = group });
        var offers = await Session.AsAsync(Account, p => Offers.ListAsync(p, ProjectArn, Leaving), Leaving);
        var versions = new List<Choice>();
        foreach (var solution in (solutions.Solutions ?? []).OrderBy(solution => solution.Name, StringComparer.OrdinalIgnoreCase))
        {
            var found = await Session.AsAsync(Account, p => Readings.ListVersionsAsync(p, Arn.Parse(solution.SolutionArn!), Leaving), Leaving);
            foreach (var version in found.Select(reading => new VersionView(reading)).Where(version => version.IsReady))
            {
                var state = version.Reading.State;
                if (offers.FirstOrDefault(offer => offer.Arn == state.Version.RecipeArn) is { } recipe)
                    versions.Add(new Choice(state.Arn.ToString(), $"{solution.Name}, {version.Name.ToLowerInvariant()}", recipe));
            }
        }
        var datasets = await CallAsync<ListDatasetsRequest, ListDatasetsResponse>(new() { DatasetGroupArn = group });
        _datasets = [.. (datasets.Datasets ?? []).Where(dataset => Exported.Contains(dataset.DatasetType))];
        _filters = (await CallAsync<ListFiltersRequest, ListFiltersResponse>(new() { DatasetGroupArn = group, MaxResults = 100 })).Filters ?? [];
        _versions = versions;
    }

    /// <summary>What a select shows before somebody chooses is chosen.</summary>
    private void Suggest()
    {
        if (_versions is null) return;
        if (Versions.All(version => version.Arn != _draft.Version)) _draft.Version = Versions.Count > 0 ? Versions[0].Arn : "";
        if (_draft.Dataset.Length == 0 && _datasets.Count > 0) _draft.Dataset = _datasets[0].DatasetArn!;
    }

    private void Choose(FileJobKind kind) => Navigation.NavigateTo(Link($"batch/new?kind={FileJobWords.Key(kind)}"), replace: true);

    private void Uploaded(string location) => _draft.Input = location;

    private async Task CreateAsync()
    {
        _faults = _draft.Faults(JobKind is FileJobKind.Export);
        if (_faults.Count > 0) return;
        _isBusy = true;
        var done = await TryAsync(() => JobKind switch
        {
            FileJobKind.Segments => CallAsync<CreateBatchSegmentJobRequest, CreateBatchSegmentJobResponse>(_draft.Segments(Project!)),
            FileJobKind.Export => CallAsync<CreateDatasetExportJobRequest, CreateDatasetExportJobResponse>(_draft.Export(Project!)),
            _ => CallAsync<CreateBatchInferenceJobRequest, CreateBatchInferenceJobResponse>(_draft.Recommendations(Project!)),
        });
        _isBusy = false;
        if (done) Navigation.NavigateTo(Link("batch"));
    }

    private static string TitleOf(DatasetSummary dataset) =>
        dataset.DatasetType is { Length: > 0 } type ? type[..1].ToUpperInvariant() + type[1..].ToLowerInvariant() : "";
}
