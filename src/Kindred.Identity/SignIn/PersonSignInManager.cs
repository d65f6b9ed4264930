using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Kindred.Identity.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kindred.Identity.SignIn;

/// <summary>Signs people in by whatever way, each time with a session of its own.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "Made by the container.")]
internal sealed class PersonSignInManager(
    UserManager<Person> people, IHttpContextAccessor accessor, IUserClaimsPrincipalFactory<Person> claims, IOptions<IdentityOptions> options,
    ILogger<SignInManager<Person>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<Person> confirmation, Sessions sessions)
    : SignInManager<Person>(people, accessor, claims, options, logger, schemes, confirmation)
{
    private static readonly Person Nobody = new();
    private string? _kept;

    /// <summary>After a change of password or of the second step: the same browser stays signed in, in the same session.</summary>
    public override async Task RefreshSignInAsync(Person user)
    {
        _kept = Context.User.FindFirstValue(Sessions.ClaimType);
        await base.RefreshSignInAsync(user);
        _kept = null;
    }

    /// <summary>Takes as long for an address that nobody has as for a wrong password.</summary>
    public override async Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        if (await UserManager.FindByNameAsync(userName) is { } person) return await PasswordSignInAsync(person, password, isPersistent, lockoutOnFailure);
        _ = UserManager.PasswordHasher.HashPassword(Nobody, password);
        return SignInResult.Failed;
    }

    public override async Task SignInWithClaimsAsync(
        Person user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        if (_kept is null) await EndPresentAsync();
        var session = _kept ?? await sessions.BeginAsync(user, Context);
        await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims.Append(new Claim(Sessions.ClaimType, session)));
    }

    public override async Task SignOutAsync()
    {
        await EndPresentAsync();
        await base.SignOutAsync();
    }

    // What the browser brought is not what it goes on with, whoever put it there.
    private async Task EndPresentAsync()
    {
        if (UserManager.GetUserId(Context.User) is { } person && Context.User.FindFirstValue(Sessions.ClaimType) is { } session)
            await sessions.EndAsync(person, session);
    }
}
