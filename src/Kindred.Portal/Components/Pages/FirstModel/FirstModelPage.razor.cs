using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Operations.Readings;
using Kindred.Portal.Components.Pages.Solutions;
using Kindred.Portal.FirstModel;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.FirstModel;

/// <summary>Import, training and campaign on one page, and then what they are for.</summary>
public sealed partial class FirstModelPage
{
    private FirstModelRun? _run;

    [Inject] private JobReadings Readings { get; set; } = default!;

    /// <summary>Name of the import job.</summary>
    [SupplyParameterFromQuery] public string? Import { get; set; }
    /// <summary>Name of the recipe.</summary>
    [SupplyParameterFromQuery] public string? Recipe { get; set; }

    private string RecipeName => Recipe ?? RecipeWords.Usual[0];

    // When it is ready the best model may still be in training: people see it become better.
    protected override bool IsLive => _run is { IsOver: false } or { Stage: FirstModelStage.Ready, Version.State.Refinement: Refinement.UnderWay };

    protected override async Task LoadAsync()
    {
        if (Import is null) throw new RefusedException(RefusalCode.InvalidInput, "The address names no import. Begin with a file, under Datasets.");
        _run = new FirstModelRun(Session, Readings, Account, Project!, Import, RecipeName);
        // Whoever only prerenders makes nothing: the circuit that follows would make it twice.
        if (RendererInfo.IsInteractive) await _run.AdvanceAsync(Leaving);
    }

    protected override Task RefreshAsync() => _run!.AdvanceAsync(Leaving);
}
