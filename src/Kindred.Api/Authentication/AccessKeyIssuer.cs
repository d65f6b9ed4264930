using System.Security.Cryptography;
using Kindred.Api.Browsers;
using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;

namespace Kindred.Api.Authentication;

/// <summary>Makes access keys: for <c>/v1/keys</c>, for new tenants, and for the first start of a deployment.</summary>
public sealed class AccessKeyIssuer
{
    private const string IdPrefix = "KINDRED";
    private const string IdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const string SecretAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const int IdLength = 20;
    private const int SecretLength = 40;
    private const int MaxNameLength = 100;

    private readonly IAccessKeyStore _store;
    private readonly AccessKeySecrets _secrets;
    private readonly AccessKeyCache _cache;
    private readonly TimeProvider _clock;

    private readonly OriginDirectory _origins;

    internal AccessKeyIssuer(
        IAccessKeyStore store, AccessKeySecrets secrets, AccessKeyCache cache, OriginDirectory origins, TimeProvider clock) =>
        (_store, _secrets, _cache, _origins, _clock) = (store, secrets, cache, origins, clock);

    /// <summary>Makes a key with a random id (65 bits) and secret (240 bits).</summary>
    /// <exception cref="RefusedException">A value has another form.</exception>
    public Task<IssuedAccessKey> IssueAsync(string account, AccessScopes scopes, DateTimeOffset? expiresAt = null) =>
        IssueAsync(account, new NewAccessKey(scopes) { ExpiresAt = expiresAt });

    /// <inheritdoc cref="IssueAsync(string, AccessScopes, DateTimeOffset?)"/>
    public Task<IssuedAccessKey> IssueAsync(string account, NewAccessKey key) => IssueAsync(
        IdPrefix + RandomNumberGenerator.GetString(IdAlphabet, IdLength - IdPrefix.Length),
        RandomNumberGenerator.GetString(SecretAlphabet, SecretLength),
        account,
        key);

    /// <summary>Makes a key with a given id and secret, for the settings of a deployment's first start.</summary>
    /// <param name="id">16 to 128 letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="secret">16 to 128 printable ASCII characters without spaces.</param>
    /// <exception cref="RefusedException">The id is taken, or a value has another form.</exception>
    public Task<IssuedAccessKey> IssueAsync(string id, string secret, string account, AccessScopes scopes) =>
        IssueAsync(id, secret, account, new NewAccessKey(scopes));

    private async Task<IssuedAccessKey> IssueAsync(string id, string secret, string account, NewAccessKey key)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(key);
        var (scopes, expiresAt, allowedOrigins, name) = (key.Scopes, key.ExpiresAt, key.AllowedOrigins, key.Name?.Trim());
        Require(id.Length is >= 16 and <= 128 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'),
            $"The access key id '{id}' must be 16 to 128 letters, digits, '_' and '-'.");
        Require(secret.Length is >= 16 and <= 128 && secret.All(c => c is > ' ' and <= '~'),
            "The secret access key must be 16 to 128 printable ASCII characters without spaces.");
        Require(Accounts.IsAccount(account), $"The account '{account}' must be 12 digits.");
        Require(scopes != AccessScopes.None && (scopes & ~AccessScopes.All) == 0, "An access key needs at least one scope.");
        Require(name is not { Length: > MaxNameLength }, $"The name of a key can have at most {MaxNameLength} characters.");
        Require(allowedOrigins is not { Count: > Origins.MostPerKey }, $"A key may allow at most {Origins.MostPerKey} origins.");
        // Whoever opens such a page has the key.
        Require(allowedOrigins is not { Count: > 0 } || (scopes & ~Origins.Scopes) == 0,
            $"A key that pages may use can have the scopes {string.Join(", ", ScopeNames.List(Origins.Scopes))}, and no others.");
        foreach (var origin in allowedOrigins ?? []) Require(Origins.Fault(origin) is null, Origins.Fault(origin)!);

        var now = _clock.GetUtcNow();
        Require(expiresAt is not { } end || end > now, $"The key would have expired at {expiresAt:O}, before it was made.");
        await _store.CreateAsync(id, new AccessKeyState
        {
            Account = account,
            Scopes = scopes,
            ProtectedSecret = _secrets.Protect(secret, id, account, scopes),
            CreatedAt = now,
            ExpiresAt = expiresAt,
            AllowedOrigins = allowedOrigins is { Count: > 0 } ? [.. allowedOrigins.Distinct()] : null,
            Name = name is "" ? null : name,
        });
        _cache.Forget(id);
        if (allowedOrigins is { Count: > 0 }) _origins.Forget();
        return new IssuedAccessKey(id, secret, account, scopes, now, expiresAt) { AllowedOrigins = allowedOrigins, Name = name };
    }

    /// <summary>
    /// Binds the secrets that an earlier release stored to their keys. Until that is done, such a key is not accepted. Comes before the
    /// first request.
    /// </summary>
    /// <returns>How many were bound.</returns>
    public async Task<int> BindSecretsAsync(CancellationToken cancellationToken)
    {
        var bound = 0;
        await foreach (var key in _store.AllAsync(cancellationToken))
        {
            if (AccessKeySecrets.IsBound(key.State) || _secrets.TryBind(key.Id, key.State) is not { } secret) continue;
            await _store.RebindAsync(key.Id, secret);
            _cache.Forget(key.Id);
            bound++;
        }
        return bound;
    }

    private static void Require(bool condition, string sentence)
    {
        if (!condition) throw new RefusedException(RefusalCode.InvalidInput, sentence);
    }
}
