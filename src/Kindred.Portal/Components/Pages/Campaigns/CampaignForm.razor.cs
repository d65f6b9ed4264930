using Kindred.Contracts.Arns;
using Kindred.Contracts.Protocol;
using Kindred.Operations.Readings;
using Kindred.Operations.Solutions;
using Kindred.Portal.Components.Pages.Solutions;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Campaigns;

/// <summary>The fields that a new campaign and a changed one have in common.</summary>
public sealed partial class CampaignForm(TenantSession session, JobReadings readings, RecipeOffers offers)
{
    private IReadOnlyList<VersionView> _versions = [];
    private IReadOnlyList<RecipeOffer> _offers = [];
    private RecipeOffer? _offer;

    [Parameter, EditorRequired] public string Account { get; set; } = "";
    [Parameter, EditorRequired] public Arn Group { get; set; }
    [Parameter, EditorRequired] public IReadOnlyList<SolutionSummary> Solutions { get; set; } = [];
    [Parameter] public EventCallback<string> SolutionChosen { get; set; }
    [Parameter, EditorRequired] public CampaignDraft Draft { get; set; } = default!;
    [Parameter] public IReadOnlyDictionary<string, string> Faults { get; set; } = new Dictionary<string, string>();

    protected override async Task OnInitializedAsync()
    {
        _offers = await session.AsAsync(Account, p => offers.ListAsync(p, Group, default));
        await ReadAsync();
    }

    private async Task ChooseAsync(string solution)
    {
        (Draft.Solution, Draft.Version) = (solution, CampaignDraft.Latest);
        await ReadAsync();
        await SolutionChosen.InvokeAsync(solution);
    }

    private async Task ReadAsync()
    {
        if (!Arn.TryParse(Draft.Solution, out var solution)) return;
        var found = await session.AsAsync(Account, p => readings.ListVersionsAsync(p, solution, default));
        _versions = [.. found.Select(reading => new VersionView(reading)).Where(version => version.IsReady)];
        var recipe = Solutions.FirstOrDefault(s => s.SolutionArn == Draft.Solution)?.RecipeArn ?? (found.Count == 0 ? null : found[0])?.State.Version.RecipeArn;
        _offer = _offers.FirstOrDefault(offer => offer.Arn == recipe);
    }
}
