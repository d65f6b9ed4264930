using Kindred.Contracts.Refusals;

namespace Kindred.Contracts.Access;

/// <summary>
/// A tenant's access keys, as its people and its keys may handle them. Every call needs the scope <see cref="AccessScopes.Keys"/>, and every
/// change is audited.
/// </summary>
/// <exception cref="RefusedException">
/// AccessDenied: the scope is missing, or the key may do more, or lasts longer, than whoever handles it. ResourceNotFound: the tenant has no
/// such key. ResourceInUse: it is the last way in. LimitExceeded: the tenant has all the keys that it may have. InvalidInput: a value has
/// another form.
/// </exception>
public interface IAccessKeys
{
    /// <returns>The key with its secret, which nobody can read again.</returns>
    Task<IssuedAccessKey> IssueAsync(Principal principal, NewAccessKey key, CancellationToken cancellationToken = default);

    /// <returns>In order of their ids; revoked ones are left out, expired and disabled ones are not.</returns>
    Task<IReadOnlyList<AccessKeyDescription>> ListAsync(Principal principal, CancellationToken cancellationToken = default);

    /// <summary>Makes a key like another one, and lets the other end after a while.</summary>
    /// <param name="overlap">How long both are accepted, so that whoever uses it can change over: 0 to 30 days.</param>
    Task<IssuedAccessKey> RollAsync(Principal principal, string id, TimeSpan overlap, CancellationToken cancellationToken = default);

    /// <summary>Refuses the key until it is enabled, or accepts it again.</summary>
    Task SetDisabledAsync(Principal principal, string id, bool disabled, CancellationToken cancellationToken = default);

    /// <summary>Ends the key for ever, at once. Nothing happens when it has ended already.</summary>
    Task RevokeAsync(Principal principal, string id, CancellationToken cancellationToken = default);
}
