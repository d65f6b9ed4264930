using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Portal.Components.Pages.Solutions;
using Kindred.Portal.Controls.Recommendations;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Campaigns;

/// <summary>One campaign: tried as a user, changed, deleted.</summary>
public sealed partial class CampaignPage
{
    private Campaign? _campaign;
    private IReadOnlyList<SolutionSummary> _solutions = [];
    private CampaignDraft? _draft;
    private IReadOnlyDictionary<string, string> _faults = new Dictionary<string, string>();
    private string _recipe = "";
    private string? _of;
    private bool _isServing;
    private bool _isUpdating;
    private bool _isDeleting;
    private bool _isBusy;

    [Parameter] public string Name { get; set; } = "";

    protected override bool IsLive => _campaign is { } campaign
        && (campaign.Status is not ("ACTIVE" or "CREATE FAILED")
            || campaign.LatestCampaignUpdate is { Status: "CREATE PENDING" or "CREATE IN_PROGRESS" });

    private Arn CampaignArn => Arn.Campaign(Session.Region, Account, Name);

    private bool IsReady => _campaign?.Status is "ACTIVE" && !IsLive;

    /// <summary>Whether a shop can show what it answers.</summary>
    private bool IsPersonal => _isServing && _recipe.Length > 0 && RecipeInputs.Of(_recipe) is RecipeInput.User or RecipeInput.Nothing;

    private string? Lead => _recipe.Length == 0 ? null : $"{RecipeWords.Of(_recipe).Title}, from {SolutionName}";

    private string SolutionName => Arn.TryParse(_campaign?.SolutionVersionArn, out var version) ? version.Parent : "";

    protected override async Task OnParametersSetAsync()
    {
        await base.OnParametersSetAsync();
        if (_of is not null && _of != Name) await TryAsync(LoadAsync);
        _of = Name;
    }

    protected override async Task LoadAsync()
    {
        await RefreshAsync();
        var version = await CallAsync<DescribeSolutionVersionRequest, DescribeSolutionVersionResponse>(
            new() { SolutionVersionArn = _campaign!.SolutionVersionArn! });
        var recipe = version.SolutionVersion?.RecipeArn ?? "";
        _recipe = recipe[(recipe.LastIndexOf('/') + 1)..];
        _solutions = (await CallAsync<ListSolutionsRequest, ListSolutionsResponse>(new() { DatasetGroupArn = ProjectArn.ToString() })).Solutions ?? [];
    }

    protected override async Task RefreshAsync()
    {
        _campaign = (await CallAsync<DescribeCampaignRequest, DescribeCampaignResponse>(new() { CampaignArn = CampaignArn.ToString() })).Campaign;
        _isServing |= _campaign?.Status is "ACTIVE";
    }

    private void BeginUpdate() => (_draft, _isUpdating, Refusal) = (CampaignDraft.Of(_campaign!), true, null);

    private async Task UpdateAsync()
    {
        _faults = _draft!.Faults();
        if (_faults.Count > 0) return;
        _isBusy = true;
        var done = await TryAsync(() => CallAsync<UpdateCampaignRequest, UpdateCampaignResponse>(_draft.UpdateRequest(CampaignArn.ToString())));
        _isBusy = false;
        if (!done) return;
        _isUpdating = false;
        await TryAsync(RefreshAsync);
    }

    private async Task DeleteAsync()
    {
        if (!await TryAsync(() => CallAsync(new DeleteCampaignRequest { CampaignArn = CampaignArn.ToString() }))) return;
        _isDeleting = false;
        Navigation.NavigateTo(Link("campaigns"));
    }
}
