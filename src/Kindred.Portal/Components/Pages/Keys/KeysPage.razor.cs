using Kindred.Contracts.Access;
using Kindred.Portal.Controls;
using Microsoft.AspNetCore.Components;

namespace Kindred.Portal.Components.Pages.Keys;

/// <summary>The organisation's access keys.</summary>
public sealed partial class KeysPage
{
    private IReadOnlyList<AccessKeyDescription>? _keys;
    private KeyDraft? _draft;
    private IssuedAccessKey? _issued;
    private AccessKeyDescription? _rolling;
    private AccessKeyDescription? _revoking;
    private int _overlapHours = 24;
    private bool _isBusy;
    private string? _fault;

    [Inject] private IAccessKeys Keys { get; set; } = default!;
    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override async Task LoadAsync()
    {
        var keys = await Session.AsAsync(Account, p => Keys.ListAsync(p, Leaving), Leaving);
        _keys = [.. keys.OrderByDescending(key => key.State.CreatedAt)];
    }

    private (string Text, Tone Tone) StatusOf(AccessKeyDescription key)
    {
        if (key.State.DisabledAt is not null) return ("Disabled", Tone.Warn);
        if (key.State.ExpiresAt is not { } end) return ("Active", Tone.Ok);
        var left = end - Clock.GetUtcNow();
        return left <= TimeSpan.Zero ? ("Ended", Tone.Idle)
            : left < TimeSpan.FromDays(7) ? ($"Ends in {Durations.Words(left)}", Tone.Warn) : ("Active", Tone.Ok);
    }

    private void StartNew() => (_draft, _fault) = (new KeyDraft(), null);

    private void StartRoll(AccessKeyDescription key) => (_rolling, _fault) = (key, null);

    private void Forget() => _issued = null;

    private async Task MakeAsync()
    {
        var key = _draft!.ToKey(Clock.GetUtcNow());
        if (await DoAsync(async () => _issued = await Session.AsAsync(Account, p => Keys.IssueAsync(p, key, Leaving), Leaving))) _draft = null;
    }

    private async Task RollAsync()
    {
        var (id, overlap) = (_rolling!.Id, TimeSpan.FromHours(_overlapHours));
        if (await DoAsync(async () => _issued = await Session.AsAsync(Account, p => Keys.RollAsync(p, id, overlap, Leaving), Leaving))) _rolling = null;
    }

    private async Task RevokeAsync()
    {
        var id = _revoking!.Id;
        if (await DoAsync(() => Session.AsAsync(Account, p => Keys.RevokeAsync(p, id, Leaving), Leaving))) _revoking = null;
    }

    private async Task SetDisabledAsync(AccessKeyDescription key, bool disabled) => await TryAsync(async () =>
    {
        await Session.AsAsync(Account, p => Keys.SetDisabledAsync(p, key.Id, disabled, Leaving), Leaving);
        await LoadAsync();
    });

    /// <summary>Does what a dialog is for; what is refused is said in the dialog.</summary>
    private async Task<bool> DoAsync(Func<Task> work)
    {
        _isBusy = true;
        var done = await TryAsync(async () =>
        {
            await work();
            await LoadAsync();
        });
        (_isBusy, _fault, Refusal) = (false, Refusal, null);
        return done;
    }
}
