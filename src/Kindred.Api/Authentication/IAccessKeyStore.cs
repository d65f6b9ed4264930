using Kindred.Contracts.Access;

namespace Kindred.Api.Authentication;

/// <summary>Where access keys live: behind their grains.</summary>
internal interface IAccessKeyStore
{
    Task CreateAsync(string id, AccessKeyState key);

    /// <returns>The key, revoked or expired ones included; null when there is none.</returns>
    Task<AccessKeyDescription?> FindAsync(string id);

    /// <param name="account">The tenant whose key it is.</param>
    /// <param name="rights">Of whoever ends it; see <see cref="RevokeAccessKey"/>.</param>
    Task RevokeAsync(string account, string id, KeyRights? rights);

    /// <param name="rights">See <see cref="UpdateAccessKey"/>, as of the other parameters.</param>
    Task UpdateAsync(string account, string id, KeyRights? rights, bool? disabled, DateTimeOffset? endsAt);

    /// <summary>Notes when a key was accepted last.</summary>
    Task NoteUseAsync(string id, DateTimeOffset at);

    /// <summary>Keys whose secret was protected by an earlier release, which did not bind it to its key.</summary>
    IAsyncEnumerable<AccessKeyDescription> AllAsync(CancellationToken cancellationToken);

    Task RebindAsync(string id, string protectedSecret);

    /// <summary>The account's keys in order of their ids, revoked ones left out.</summary>
    Task<IReadOnlyList<AccessKeyDescription>> ListAsync(string account, CancellationToken cancellationToken);

    /// <summary>Every origin that some key of the deployment allows which can still be used.</summary>
    Task<IReadOnlyCollection<string>> ListOriginsAsync(CancellationToken cancellationToken);
}
