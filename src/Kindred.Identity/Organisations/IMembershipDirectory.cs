using Kindred.Contracts.Access;

namespace Kindred.Identity.Organisations;

/// <summary>
/// Who belongs where, asked anew for every call: a role that is taken away is gone with the next click, although the page
/// that is open was signed in before.
/// </summary>
public interface IMembershipDirectory
{
    /// <returns>The organisations of a person, by name; empty for one who is unknown.</returns>
    Task<IReadOnlyList<Membership>> ListAsync(string personId, CancellationToken cancellationToken = default);

    /// <returns>The principal in whose name a person acts in an organisation; null when they do not belong to it.</returns>
    Task<Principal?> FindPrincipalAsync(string personId, string account, CancellationToken cancellationToken = default);
}
