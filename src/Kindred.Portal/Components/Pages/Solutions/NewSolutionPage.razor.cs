using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Operations.Readings;
using Kindred.Operations.Solutions;
using Kindred.Portal.Controls;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Solutions;

/// <summary>A recipe in plain words, and what little has to be said beside it.</summary>
public sealed partial class NewSolutionPage
{
    private const int MaxName = 63;

    /// <summary>Columns that say nothing of the situation.</summary>
    private static readonly string[] Plain =
    [
        ColumnNames.UserId, ColumnNames.ItemId, ColumnNames.Timestamp, ColumnNames.EventType, ColumnNames.EventValue,
        ColumnNames.Impression, ColumnNames.RecommendationId, ColumnNames.EventAttributionSource,
    ];

    private readonly SolutionDraft _draft = new();
    private IReadOnlyList<RecipeOffer>? _offers;
    private IReadOnlyList<string> _eventTypes = [];
    private IReadOnlyList<string> _contextColumns = [];
    private bool _hasActions;
    private string? _domain;
    private IReadOnlyDictionary<string, string> _faults = new Dictionary<string, string>();
    private bool _isNamed;
    private bool _isBusy;

    [Inject] private RecipeOffers Offers { get; set; } = default!;
    [Inject] private DataReadings Data { get; set; } = default!;

    private bool HasData => _offers?.Any(offer => offer.Estimate is not null) ?? false;

    private IEnumerable<RecipeOffer> Usual => RecipeWords.Usual.Select(name => _offers!.FirstOrDefault(offer => offer.Name == name)).OfType<RecipeOffer>();

    /// <summary>What is offered to a project of a domain are no actions: it cannot have any.</summary>
    private IEnumerable<RecipeOffer> Others => _offers!.Except(Usual).Where(offer => !offer.NeedsActions || _domain is null);

    private bool LacksActions => Chosen.NeedsActions && !_hasActions;

    private RecipeOffer Chosen => _offers!.First(offer => offer.Name == _draft.Recipe);

    private string Quote => Chosen.Estimate is not { } estimate ? "The time it takes is known once there are interactions."
        : estimate.First * 2 < estimate.Full
            ? $"A first model serves in about {Durations.Words(estimate.First)}, the best in about {Durations.Words(estimate.Full)}."
            : $"Trains in about {Durations.Words(estimate.Full)}.";

    /// <summary>Until there is something to learn from: a file may be importing while somebody waits here.</summary>
    protected override bool IsLive => _offers is not null && !HasData && !_isBusy;

    protected override async Task LoadAsync()
    {
        await RefreshAsync();
        Choose(_draft.Recipe);
    }

    protected override async Task RefreshAsync()
    {
        var offers = await Session.AsAsync(Account, p => Offers.ListAsync(p, ProjectArn, Leaving), Leaving);
        var insights = await Session.AsAsync(Account, p => Data.AnalyseAsync(p, ProjectArn, Leaving), Leaving);
        _eventTypes = [.. insights?.EventTypes.Select(type => type.EventType) ?? []];
        await ReadDatasetsAsync();
        _offers = offers;
    }

    /// <summary>Columns of the interactions beyond those that every dataset has, and whether there are actions.</summary>
    private async Task ReadDatasetsAsync()
    {
        var group = await CallAsync<DescribeDatasetGroupRequest, DescribeDatasetGroupResponse>(new() { DatasetGroupArn = ProjectArn.ToString() });
        var schemas = await ProjectSchemas.ReadAsync(Session, ProjectArn, Leaving);
        (_domain, _hasActions) = (group.DatasetGroup?.Domain, schemas.ContainsKey(DatasetTypes.Actions));
        var columns = (schemas.GetValueOrDefault(DatasetTypes.Interactions)?.Fields ?? []).Select(field => field.Name);
        _contextColumns = [.. columns.Except(Plain, StringComparer.OrdinalIgnoreCase)];
    }

    private void Choose(string recipe)
    {
        _draft.Recipe = recipe;
        _draft.Settings.Clear();
        if (_isNamed && _draft.Name.Length > 0) return; // a name that somebody typed stays theirs
        var name = $"{Project}-{recipe.Replace("aws-", "", StringComparison.Ordinal)}";
        _draft.Name = name[..Math.Min(name.Length, MaxName)];
    }

    private void Use(string column, bool isUsed)
    {
        if (isUsed) _draft.LeftOut.Remove(column);
        else _draft.LeftOut.Add(column);
    }

    private string? FaultOf(string field) => _faults.GetValueOrDefault(field);

    private async Task CreateAsync()
    {
        _faults = _draft.Faults();
        if (_faults.Count > 0) return;
        _isBusy = true;
        var done = await TryAsync(async () =>
        {
            var made = await CallAsync<CreateSolutionRequest, CreateSolutionResponse>(_draft.Request(ProjectArn.ToString(), Chosen));
            await CallAsync<CreateSolutionVersionRequest, CreateSolutionVersionResponse>(new() { SolutionArn = made.SolutionArn! });
        });
        _isBusy = false;
        if (done) Navigation.NavigateTo(Link($"solutions/{_draft.Name.Trim()}"));
    }
}
