using Kindred.Identity.Organisations;
using Kindred.Portal.Sessions;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Members;

/// <summary>The people of an organisation, and those who are invited.</summary>
public sealed partial class MembersPage
{
    private static readonly OrganisationRole[] Roles = Enum.GetValues<OrganisationRole>();
    private IReadOnlyList<Member>? _members;
    private IReadOnlyList<Invitation> _invitations = [];
    private Member? _removing;
    private string _me = "";
    private bool _isAdmin;
    private bool _isInviting;
    private bool _isMailed;
    private bool _isBusy;
    private string _email = "";
    private OrganisationRole _role = OrganisationRole.Developer;
    private string? _link;
    private string? _fault;

    [Inject] private Identity.Organisations.Members Directory { get; set; } = default!;
    [Inject] private Invitations Invitations { get; set; } = default!;

    protected override async Task LoadAsync()
    {
        _me = await Session.PersonIdAsync();
        _members = await Session.AsAsync(Account, me => Directory.ListAsync(me, Leaving), Leaving);
        _isAdmin = _members.Any(m => m.PersonId == _me && m.Role >= OrganisationRole.Admin);
        _invitations = _isAdmin ? await Session.AsAsync(Account, me => Invitations.ListAsync(me, Leaving), Leaving) : [];
    }

    private void StartInviting() => (_isInviting, _link, _fault, _email) = (true, null, null, "");

    private async Task InviteAsync() => await DoAsync(async () =>
    {
        var made = await Session.AsAsync(Account, me => Invitations.MakeAsync(me, _email, _role, Leaving), Leaving);
        (_link, _isMailed) = (Navigation.BaseUri.TrimEnd('/') + made.Path, made.IsMailed);
    });

    private async Task RemoveAsync()
    {
        var gone = _removing!;
        if (!await DoAsync(() => Session.AsAsync(Account, me => Directory.RemoveAsync(me, gone.PersonId, Leaving), Leaving), reload: gone.PersonId != _me)) return;
        _removing = null;
        if (gone.PersonId == _me) Navigation.NavigateTo(Links.Organisations);
    }

    private async Task ChangeRoleAsync(Member member, string? role) => await TryAsync(async () =>
    {
        try
        {
            var given = Enum.Parse<OrganisationRole>(role ?? "");
            await Session.AsAsync(Account, me => Directory.ChangeRoleAsync(me, member.PersonId, given, Leaving), Leaving);
        }
        finally
        {
            await LoadAsync(); // refused or not, the list says what is so
        }
    });

    private async Task WithdrawAsync(Invitation invitation) => await TryAsync(async () =>
    {
        await Session.AsAsync(Account, me => Invitations.WithdrawAsync(me, invitation.Id, Leaving), Leaving);
        await LoadAsync();
    });

    private async Task<bool> DoAsync(Func<Task> work, bool reload = true)
    {
        _isBusy = true;
        var done = await TryAsync(async () =>
        {
            await work();
            if (reload) await LoadAsync();
        });
        (_isBusy, _fault, Refusal) = (false, Refusal, null);
        return done;
    }
}
