using System.Globalization;
using Kindred.Identity.Accounts;
using Kindred.Identity.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Kindred.Portal.Components.Account;

/// <summary>How somebody signs in. What would let another in is asked for with the password again.</summary>
public sealed partial class SecurityPage(UserManager<Person> people, SignInManager<Person> signIn, Identity.SignIn.Sessions sessions) : ComponentBase
{
    private const int RecoveryCodes = 10;
    private const int MostPasskeys = 20;
    private const int MaxPasskeyName = 50;

    private Person? _person;
    private bool _hasPassword;
    private string? _key;
    private QrCode? _qr;
    private int _codesLeft;
    private IReadOnlyList<string>? _codes;
    private IList<UserPasskeyInfo> _passkeys = [];
    private IReadOnlyList<Session> _sessions = [];
    private IReadOnlyList<string> _faults = [];
    private string? _done;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;
    [SupplyParameterFromForm(FormName = "name")] private string? Name { get; set; }
    [SupplyParameterFromForm(FormName = "password")] private GivenPasswords? Passwords { get; set; }
    [SupplyParameterFromForm(FormName = "totp-on")] private string? Code { get; set; }
    [SupplyParameterFromForm(FormName = "totp-off")] private string? OffPassword { get; set; }
    [SupplyParameterFromForm(FormName = "new-codes")] private string? CodesPassword { get; set; }
    [SupplyParameterFromForm(FormName = "passkey")] private GivenPasskey? NewPasskey { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _person = await people.GetUserAsync(Http.User);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (_person is null) return;
        _hasPassword = await people.HasPasswordAsync(_person);
        _codesLeft = await people.CountRecoveryCodesAsync(_person);
        _passkeys = await people.GetPasskeysAsync(_person);
        _sessions = await sessions.ListAsync(Http.User, Http.RequestAborted);
        _key = _person.TwoFactorEnabled ? null : await people.GetAuthenticatorKeyAsync(_person);
        _qr = _key is null ? null : QrCode.Of($"otpauth://totp/Kindred:{Uri.EscapeDataString(_person.Email!)}?secret={_key}&issuer=Kindred&digits=6");
    }

    private async Task RenameAsync()
    {
        var name = (Name ?? "").Trim();
        _person!.Name = name.Length > AccountLimits.NameLength ? name[..AccountLimits.NameLength] : name;
        await FinishAsync(await people.UpdateAsync(_person), "Your name is saved.");
    }

    private async Task ChangePasswordAsync()
    {
        if (!await ConfirmAsync(Passwords?.Present)) return;
        await FinishAsync(await people.ChangePasswordAsync(_person!, Passwords!.Present!, Passwords.New ?? ""),
            "Your password is changed. Other browsers are signed out.");
    }

    // On a post only: it changes what every other session is checked against.
    private async Task BeginAsync() => await FinishAsync(await people.ResetAuthenticatorKeyAsync(_person!), null);

    private async Task TurnOnAsync()
    {
        var code = (Code ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (!await people.VerifyTwoFactorTokenAsync(_person!, TokenOptions.DefaultAuthenticatorProvider, code))
        {
            _faults = ["That code is not right. Is the clock of your phone?"];
            return;
        }
        await FinishAsync(await people.SetTwoFactorEnabledAsync(_person!, true), "The second step is on.");
        await ShowNewCodesAsync();
    }

    private async Task TurnOffAsync()
    {
        if (!await ConfirmAsync(OffPassword)) return;
        await people.SetTwoFactorEnabledAsync(_person!, false);
        await FinishAsync(await people.ResetAuthenticatorKeyAsync(_person!), "The second step is off.");
    }

    private async Task MakeCodesAsync()
    {
        if (!await ConfirmAsync(CodesPassword)) return;
        await ShowNewCodesAsync();
        _done = "The recovery codes from before do not work any more.";
    }

    private async Task ShowNewCodesAsync()
    {
        _codes = [.. await people.GenerateNewTwoFactorRecoveryCodesAsync(_person!, RecoveryCodes) ?? []];
        await LoadAsync();
    }

    private async Task AddPasskeyAsync()
    {
        if (_passkeys.Count >= MostPasskeys)
        {
            _faults = [$"You have {MostPasskeys} passkeys; remove one that you do not use."];
            return;
        }
        var attestation = await signIn.PerformPasskeyAttestationAsync(NewPasskey?.Passkey ?? "");
        if (!attestation.Succeeded)
        {
            _faults = ["The passkey could not be added. Load the page again."];
            return;
        }
        var name = NewPasskey?.Name?.Trim() is { Length: > 0 and <= MaxPasskeyName } given ? given : $"Passkey {_passkeys.Count + 1}";
        attestation.Passkey.Name = name;
        await FinishAsync(await people.AddOrUpdatePasskeyAsync(_person!, attestation.Passkey), $"The passkey '{name}' signs you in from now on.");
    }

    private async Task RemovePasskeyAsync(UserPasskeyInfo passkey) =>
        await FinishAsync(await people.RemovePasskeyAsync(_person!, passkey.CredentialId), "The passkey does not sign you in any more.");

    private async Task EndSessionAsync(Session session)
    {
        await sessions.EndAsync(_person!.Id, session.Id, Http.RequestAborted);
        await LoadAsync();
        _done = "That browser is signed out.";
    }

    private async Task EndOthersAsync()
    {
        await sessions.EndOthersAsync(Http.User, Http.RequestAborted);
        await LoadAsync();
        _done = "All other browsers are signed out.";
    }

    /// <summary>Somebody at an open browser is not yet its owner; wrong passwords count as at sign-in.</summary>
    private async Task<bool> ConfirmAsync(string? password)
    {
        if (!_hasPassword) return true;
        var result = await signIn.CheckPasswordSignInAsync(_person!, password ?? "", lockoutOnFailure: true);
        if (result.Succeeded) return true;
        _faults = [result.IsLockedOut ? "Too many wrong passwords. Try again in five minutes." : "The present password is not right."];
        return false;
    }

    private async Task FinishAsync(IdentityResult result, string? done)
    {
        _faults = result.Succeeded ? [] : AccountFaults.Of(result);
        if (!result.Succeeded) return;
        await signIn.RefreshSignInAsync(_person!); // this browser stays; what changed ends all others
        await LoadAsync();
        _done = done;
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);
    private static string Browser(Session session) => BrowserNames.Of(session.Browser);

    private sealed class GivenPasswords
    {
        public string? Present { get; set; }
        public string? New { get; set; }
    }

    private sealed class GivenPasskey
    {
        public string? Name { get; set; }
        public string? Passkey { get; set; }
    }
}
