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
}
