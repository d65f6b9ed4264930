using Kindred.Contracts.Refusals;
using Orleans.Concurrency;

namespace Kindred.Contracts.Access;

/// <summary>One access key. Key: the access key id.</summary>
[Alias("Kindred.IAccessKeyGrain")]
public interface IAccessKeyGrain : IGrainWithStringKey
{
    /// <exception cref="RefusedException"><see cref="RefusalCode.ResourceAlreadyExists"/> when the id is taken, by a revoked key too.</exception>
    [Alias("CreateAsync")]
    Task CreateAsync(AccessKeyState key);

    /// <returns>The key, revoked or expired ones included; null when it was never made.</returns>
    [ReadOnly, Alias("FindAsync")]
    Task<AccessKeyDescription?> FindAsync();

    /// <summary>Ends the key for ever. Nothing happens when it has ended already.</summary>
    /// <exception cref="RefusedException"><see cref="RefusalCode.ResourceNotFound"/> when there is no such key.</exception>
    [Alias("RevokeAsync")]
    Task RevokeAsync();

    /// <summary>See <see cref="UpdateAccessKey"/>; the rules are checked by then.</summary>
    [Alias("UpdateAsync")]
    Task UpdateAsync(bool? disabled, DateTimeOffset? endsAt, DateTimeOffset now);

    /// <summary>Notes when the key was accepted last. Nothing happens when a later moment is known, or there is no such key.</summary>
    [Alias("NoteUseAsync")]
    Task NoteUseAsync(DateTimeOffset at);

    /// <summary>Stores the secret of a key as it is protected from now on.</summary>
    /// <exception cref="RefusedException"><see cref="RefusalCode.ResourceNotFound"/> when there is no such key.</exception>
    [Alias("RebindAsync")]
    Task RebindAsync(string protectedSecret);

    /// <summary>Forgets a key that has ended, as if it had never been made. Nothing happens when there is none, or when it is in use.</summary>
    [Alias("ForgetAsync")]
    Task ForgetAsync(DateTimeOffset now);
}
