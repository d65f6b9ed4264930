using Kindred.Contracts.Arns;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Operations.Intake;
using Kindred.Operations.Readings;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Datasets;

/// <summary>What data a project has, and how its imports went.</summary>
public sealed partial class DatasetsPage
{
    private const int MostImports = 20;
    private static readonly System.Text.Json.JsonSerializerOptions Indented = new() { WriteIndented = true };
    private IReadOnlyList<DatasetView>? _sets;
    private DatasetView? _schemaOf;
    private DatasetView? _deleting;
    private string? _schema;
    private string? _domain;
    private string? _fault;
    private bool _isBusy;

    [Inject] private JobReadings Readings { get; set; } = default!;
    [Inject] private DataIntake Intake { get; set; } = default!;

    protected override bool IsLive => _sets?.Any(set => set.IsBusy) ?? false;

    /// <summary>Types that could be added; what users did about actions is of use only beside them.</summary>
    private string[] Missing =>
        [.. DatasetWords.Of(_domain).Where(type => !Has(type) && (type != "Action_Interactions" || Has(DatasetTypes.Actions)))];

    private bool Has(string type) => _sets!.Any(set => set.Type.Equals(type, StringComparison.OrdinalIgnoreCase));

    protected override async Task LoadAsync()
    {
        var group = await CallAsync<DescribeDatasetGroupRequest, DescribeDatasetGroupResponse>(new() { DatasetGroupArn = ProjectArn.ToString() });
        _domain = group.DatasetGroup?.Domain;
        var answer = await CallAsync<ListDatasetsRequest, ListDatasetsResponse>(new() { DatasetGroupArn = ProjectArn.ToString() });
        var sets = new List<DatasetView>();
        foreach (var dataset in answer.Datasets ?? []) sets.Add(await ViewAsync(dataset));
        _sets = [.. sets.OrderBy(set => DatasetWords.All.ToList().IndexOf(DatasetWords.Find(set.Type) ?? ""))];
    }

    private async Task<DatasetView> ViewAsync(DatasetSummary dataset)
    {
        var jobs = await CallAsync<ListDatasetImportJobsRequest, ListDatasetImportJobsResponse>(
            new() { DatasetArn = dataset.DatasetArn, MaxResults = 100 });
        var imports = new List<ImportReading>();
        foreach (var job in (jobs.DatasetImportJobs ?? []).OrderByDescending(j => j.CreationDateTime).Take(MostImports))
        {
            var arn = Arn.Parse(job.DatasetImportJobArn!);
            imports.Add(await Session.AsAsync(Account, p => Readings.DescribeImportAsync(p, arn, Leaving), Leaving));
        }
        return new DatasetView(dataset.DatasetArn!, dataset.DatasetType ?? "", dataset.Status, imports);
    }

    private async Task ShowSchemaAsync(DatasetView set) => await TryAsync(async () =>
    {
        var dataset = (await CallAsync<DescribeDatasetRequest, DescribeDatasetResponse>(new() { DatasetArn = set.Arn })).Dataset!;
        var schema = (await CallAsync<DescribeSchemaRequest, DescribeSchemaResponse>(new() { SchemaArn = dataset.SchemaArn! })).Schema?.Schema ?? "{}";
        _schema = System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonDocument.Parse(schema), Indented);
        _schemaOf = set;
    });

    private void StartDeleting(DatasetView set) => (_deleting, _fault) = (set, null);

    private async Task DeleteAsync()
    {
        _isBusy = true;
        var done = await TryAsync(async () =>
        {
            await CallAsync(new DeleteDatasetRequest { DatasetArn = _deleting!.Arn });
            await LoadAsync();
        });
        (_isBusy, _fault, Refusal) = (false, Refusal, null);
        if (done) _deleting = null;
    }

    private void Continue(string location) => Navigation.NavigateTo(ImportAddress.Of(Account, Project!, "Interactions", location));
}
