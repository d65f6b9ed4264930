using Kindred.Contracts.Access;
using Kindred.Identity.Applications;
using Kindred.Portal.Components.Pages.Keys;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Portal.Components.Pages.Applications;

/// <summary>The organisation's applications: programs with tokens of their own.</summary>
public sealed partial class ApplicationsPage
{
    private IReadOnlyList<Application>? _applications;
    private ApplicationDraft? _draft;
    private MadeApplication? _made;
    private Application? _asked;
    private bool _isRenewing;
    private bool _isBusy;
    private string? _fault;

    [Inject] private IServiceScopeFactory Scopes { get; set; } = default!;

    private static IReadOnlyList<AccessScopes> Offered => KeyDraft.Offered;

    protected override async Task LoadAsync() => _applications = await AskAsync((register, p) => register.ListAsync(p, Leaving));

    private void StartNew() => (_draft, _fault) = (new ApplicationDraft(), null);

    private void Ask(Application application, bool renew) => (_asked, _isRenewing, _fault) = (application, renew, null);

    private async Task MakeAsync()
    {
        var application = _draft!.ToApplication();
        if (await DoAsync(async () => _made = await AskAsync((register, p) => register.MakeAsync(p, application, Leaving)))) _draft = null;
    }

    private async Task RenewAsync()
    {
        var id = _asked!.ClientId;
        if (await DoAsync(async () => _made = await AskAsync((register, p) => register.RenewSecretAsync(p, id, Leaving)))) _asked = null;
    }

    private async Task RemoveAsync()
    {
        var id = _asked!.ClientId;
        var done = await DoAsync(() => AskAsync(async (register, p) =>
        {
            await register.RemoveAsync(p, id, Leaving);
            return true;
        }));
        if (done) _asked = null;
    }

    /// <summary>Asks in a scope of its own: a connection to the accounts' database must not live as long as a page.</summary>
    private Task<T> AskAsync<T>(Func<ApplicationRegister, Principal, Task<T>> call) => Session.AsAsync(Account, async principal =>
    {
        await using var scope = Scopes.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<ApplicationRegister>(), principal);
    }, Leaving);

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
