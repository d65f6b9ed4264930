using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Settings;

/// <summary>The organisation's name, and the facts that clients need.</summary>
public sealed partial class OrganisationSettingsPage
{
    private string? _name;
    private string? _done;
    private bool _isBusy;

    [Inject] private Identity.Organisations.Members Directory { get; set; } = default!;

    protected override async Task LoadAsync()
    {
        await Session.PrincipalAsync(Account, Leaving);
        _name = (await Session.ListMembershipsAsync(Leaving)).FirstOrDefault(m => m.Account == Account)?.Name;
    }

    private async Task RenameAsync()
    {
        (_isBusy, _done) = (true, null);
        var done = await TryAsync(() => Session.AsAsync(Account, me => Directory.RenameAsync(me, _name!, Leaving), Leaving));
        _isBusy = false;
        if (done) _done = "Saved. Others see it with their next page.";
    }
}
