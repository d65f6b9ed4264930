using Kindred.Contracts.Access;
using Kindred.Identity.Applications;

namespace Kindred.Portal.Components.Pages.Applications;

/// <summary>An application as somebody fills it in.</summary>
internal sealed class ApplicationDraft
{
    public string Name { get; set; } = "";
    /// <summary>Whether members sign in with it; else it acts for itself alone.</summary>
    public bool IsForMembers { get; set; }
    /// <summary>One a line.</summary>
    public string Redirects { get; set; } = "";
    public AccessScopes Scopes { get; private set; } = AccessScopes.Read | AccessScopes.Recommend;

    public bool IsComplete => Name.Trim().Length > 0 && Scopes is not AccessScopes.None && (!IsForMembers || Addresses.Length > 0);

    private string[] Addresses => Redirects.Split(['\n', '\r', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public void Set(AccessScopes scope, bool isGiven) => Scopes = isGiven ? Scopes | scope : Scopes & ~scope;

    public NewApplication ToApplication() => new(Name, Scopes, IsForMembers ? Addresses : []);
}
