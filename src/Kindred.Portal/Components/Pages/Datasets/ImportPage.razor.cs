using System.Globalization;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Files.Csv.Inference;
using Kindred.Operations.Intake;
using Kindred.Portal.Controls;
using Kindred.Portal.FirstModel;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Datasets;

/// <summary>From a file to an import: choose, say what the columns are, see how rows would fare, begin.</summary>
public sealed partial class ImportPage
{
    private const int RowsShown = 8;
    private const string Interactions = "Interactions";
    /// <summary>A role is part of the contract; uploads lie in the tenant's own bucket and need none.</summary>
    private const string UnusedRole = "arn:aws:iam::000000000000:role/not-used";
    /// <summary>Those that answer with nothing but a user or an item, and so can be tried at once; the first is the one to take when in doubt.</summary>
    private static readonly string[] FirstRecipes = ["aws-user-personalization-v2", "aws-similar-items", "aws-popularity-count", "aws-trending-now"];

    private UploadPreview? _preview;
    private ColumnMapping? _mapping;
    private PreparedUpload? _prepared;
    private IntakeProgress? _progress;
    private Dataset? _existing;
    private string? _existingSchema;
    private string? _domain;
    private string? _recipe = FirstRecipes[0];
    private CancellationTokenSource _preparing = new();
    private (string?, string?) _shown;
    private bool _hasSolutions;
    private bool _replaces = true;
    private bool _isBusy;
    private string? _fault;

    [Inject] private DataIntake Intake { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>One of <see cref="DatasetWords.All"/>, in any case; what is none of them counts as the first.</summary>
    [SupplyParameterFromQuery] public string? Type { get; set; }
    /// <summary>Location of the uploaded file; null while there is none.</summary>
    [SupplyParameterFromQuery] public string? Upload { get; set; }

    private string TypeName => DatasetWords.Find(Type) ?? Interactions;
    private string TypeWords => DatasetWords.Plain(TypeName);
    private string FileName => Upload is null ? "" : Path.GetFileName(Upload).Split('-', 4)[^1];
    private bool AsksForRecipe => TypeName == Interactions && !_hasSolutions && _existing is null && _domain is null;
    private bool CanImport => !_isBusy && _prepared is { Check.GoodRows: > 0 };

    private string Lead => Upload is null
        ? "A file is looked at first; nothing is imported before you agree."
        : "Check what the columns are taken for. What you see is what will be imported.";

    private string TimesAs => _mapping!.TimestampForm is TimestampForm.Milliseconds ? "milliseconds since 1970" : "dates, in UTC unless they say more";

    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        if (_shown == (Upload, TypeName)) return;
        await TryAsync(LoadAsync); // the same page with another file
    }

    protected override async Task LoadAsync()
    {
        _shown = (Upload, TypeName);
        (_preview, _mapping, _prepared, _fault) = (null, null, null, null);
        await FindExistingAsync();
        if (Upload is null) return;
        _preview = await Session.AsAsync(Account, p => Intake.PreviewAsync(p, Upload, TypeName, Leaving), Leaving);
        _mapping = _preview.Suggested;
        _ = PrepareAsync();
    }

    private async Task FindExistingAsync()
    {
        var arn = Arn.Dataset(Session.Region, Account, Project!, TypeName.ToUpperInvariant()).ToString();
        (_existing, _existingSchema) = (null, null);
        try
        {
            _existing = (await CallAsync<DescribeDatasetRequest, DescribeDatasetResponse>(new() { DatasetArn = arn })).Dataset;
            _existingSchema = (await CallAsync<DescribeSchemaRequest, DescribeSchemaResponse>(new() { SchemaArn = _existing!.SchemaArn! })).Schema?.Schema;
        }
        catch (RefusedException refused) when (refused.Code is RefusalCode.ResourceNotFound)
        {
            // The first import makes it.
        }
        var group = await CallAsync<DescribeDatasetGroupRequest, DescribeDatasetGroupResponse>(new() { DatasetGroupArn = ProjectArn.ToString() });
        _domain = group.DatasetGroup?.Domain;
        var solutions = await CallAsync<ListSolutionsRequest, ListSolutionsResponse>(new() { DatasetGroupArn = ProjectArn.ToString() });
        _hasSolutions = solutions.Solutions is { Count: > 0 };
    }

    /// <summary>Reads the whole file with the columns as they stand; a change of them begins anew.</summary>
    private async Task PrepareAsync()
    {
        // Not while prerendering: the file would be read twice.
        if (!RendererInfo.IsInteractive || _mapping is null || Upload is null) return;
        await _preparing.CancelAsync();
        var stop = _preparing = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        (_prepared, _fault, _progress) = (null, null, new IntakeProgress("Reading the columns", 0));
        StateHasChanged();
        var progress = new Progress<IntakeProgress>(step => InvokeAsync(() =>
        {
            if (stop.IsCancellationRequested || _progress is null) return;
            _progress = step;
            StateHasChanged();
        }));
        try
        {
            var mapping = _mapping;
            var prepared = await Session.AsAsync(
                Account, p => Intake.PrepareAsync(p, Upload, mapping, _existingSchema, progress, stop.Token), stop.Token);
            if (!stop.IsCancellationRequested) _prepared = prepared;
        }
        catch (RefusedException refused)
        {
            if (!stop.IsCancellationRequested) _fault = refused.Message;
        }
        catch (OperationCanceledException)
        {
            return; // other columns, or the page was left
        }
        _progress = null;
        StateHasChanged();
    }

    private async Task MapAsync(int column, string? target)
    {
        var targets = _mapping!.Targets.ToArray();
        target = string.IsNullOrEmpty(target) ? null : target;
        // A name belongs to one column: whoever had it loses it.
        for (var i = 0; i < targets.Length; i++) if (targets[i] == target) targets[i] = null;
        targets[column] = target;
        _mapping = DataIntake.Mapped(TypeName, targets, _preview!.Rows);
        await PrepareAsync();
    }

    private async Task ImportAsync()
    {
        _isBusy = true;
        var next = "";
        await TryAsync(async () => next = await BeginAsync());
        _isBusy = false;
        if (next.Length > 0) Navigation.NavigateTo(next);
    }

    /// <returns>Where to go on.</returns>
    private async Task<string> BeginAsync()
    {
        var (now, prepared) = (Clock.GetUtcNow(), _prepared!);
        var dataset = _existing?.DatasetArn ?? await MakeDatasetAsync(prepared.Schema, now);
        var name = ResourceNaming.Import(Project!, TypeName, now);
        await CallAsync<CreateDatasetImportJobRequest, CreateDatasetImportJobResponse>(new()
        {
            JobName = name, DatasetArn = dataset, DataSource = new() { DataLocation = prepared.Location }, RoleArn = UnusedRole,
            ImportMode = _existing is null || _replaces ? "FULL" : "INCREMENTAL",
        });
        return AsksForRecipe && _recipe is { } recipe
            ? ImportAddress.FirstModel(Account, Project!, name, recipe)
            : Link("datasets");
    }

    private async Task<string> MakeDatasetAsync(string schema, DateTimeOffset now)
    {
        var made = await CallAsync<CreateSchemaRequest, CreateSchemaResponse>(
            new() { Name = ResourceNaming.Schema(Project!, TypeName, now), Schema = schema, Domain = _domain });
        var dataset = await CallAsync<CreateDatasetRequest, CreateDatasetResponse>(new()
        {
            Name = ResourceNaming.Dataset(Project!, TypeName), DatasetGroupArn = ProjectArn.ToString(), DatasetType = TypeName,
            SchemaArn = made.SchemaArn!,
        });
        return dataset.DatasetArn!;
    }

    private void Choose(string type) => Navigation.NavigateTo(Link($"datasets/import?type={type}"), replace: true);

    private void Continue(string location) => Navigation.NavigateTo(ImportAddress.Of(Account, Project!, TypeName, location));

    private string? LeftOut(int column) => _mapping!.Targets[column] is null ? "k-left-out" : null;

    private IEnumerable<(string Value, string Text)> TargetsFor(int column)
    {
        yield return ("", "Leave out");
        var known = ColumnChoices.Of(TypeName, _existingSchema).ToList();
        foreach (var choice in known) yield return (choice.Name, choice.Text);
        // A column of their own keeps its header's name.
        var own = HeaderNames.Normalise(_preview!.Columns[column], TypeName);
        if (_existingSchema is null && own.Length > 0 && known.All(choice => choice.Name != own)) yield return (own, $"Own column {own}");
        if (_mapping!.Targets[column] is { } now && now != own && known.All(choice => choice.Name != now)) yield return (now, now);
    }

    private string? QuoteOf(string recipe)
    {
        if (_prepared?.Tally is not { } tally || TrainingEstimate.Of(recipe, tally) is not { } estimate) return null;
        return estimate.Full > estimate.First * 1.5
            ? $"First results after about {Durations.Words(estimate.First)}, the best after about {Durations.Words(estimate.Full)}"
            : $"About {Durations.Words(estimate.Full)}";
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _preparing.Cancel();
        base.Dispose(disposing);
    }
}
