using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Kindred.Api.Authentication;
using Kindred.Contracts.Access;
using Kindred.Contracts.Refusals;

namespace Kindred.Api.Tests;

internal sealed class InMemoryAccessKeys : IAccessKeyStore
{
    private readonly ConcurrentDictionary<string, AccessKeyState> _keys = new();
    private int _lookups;

    /// <summary>How often a key was asked for: what a cache in front saves.</summary>
    public int Lookups => _lookups;

    public Task CreateAsync(string id, AccessKeyState key) => _keys.TryAdd(id, key)
        ? Task.CompletedTask
        : throw new RefusedException(RefusalCode.ResourceAlreadyExists, $"The access key '{id}' exists already.");

    public Task<AccessKeyDescription?> FindAsync(string id)
    {
        Interlocked.Increment(ref _lookups);
        return Task.FromResult(_keys.TryGetValue(id, out var key) ? new AccessKeyDescription(id, key) : null);
    }

    public Task RevokeAsync(string account, string id, KeyRights? rights)
    {
        if (!_keys.TryGetValue(id, out var key) || key.Account != account)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no access key '{id}'.");
        _keys[id] = _keys[id] with { Revoked = true };
        return Task.CompletedTask;
    }

    public Task UpdateAsync(string account, string id, KeyRights? rights, bool? disabled, DateTimeOffset? endsAt)
    {
        if (!_keys.TryGetValue(id, out var key) || key.Account != account)
            throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no access key '{id}'.");
        _keys[id] = key with
        {
            DisabledAt = disabled is true ? key.DisabledAt ?? DateTimeOffset.UnixEpoch : null, ExpiresAt = endsAt ?? key.ExpiresAt,
        };
        return Task.CompletedTask;
    }

    public Task NoteUseAsync(string id, DateTimeOffset at)
    {
        _keys[id] = _keys[id] with { LastUsedAt = at };
        return Task.CompletedTask;
    }

    /// <summary>How often all origins were asked for.</summary>
    public int OriginListings { get; private set; }

    public Task<IReadOnlyCollection<string>> ListOriginsAsync(CancellationToken cancellationToken)
    {
        OriginListings++;
        return Task.FromResult<IReadOnlyCollection<string>>(
            [.. _keys.Values.Where(key => !key.Revoked).SelectMany(key => key.AllowedOrigins ?? [])]);
    }

    public async IAsyncEnumerable<AccessKeyDescription> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var (id, key) in _keys) yield return new AccessKeyDescription(id, key);
    }

    public Task RebindAsync(string id, string protectedSecret)
    {
        _keys[id] = _keys[id] with { ProtectedSecret = protectedSecret };
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AccessKeyDescription>> ListAsync(string account, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AccessKeyDescription>>([.. _keys
            .Where(k => k.Value.Account == account && !k.Value.Revoked)
            .OrderBy(k => k.Key, StringComparer.Ordinal)
            .Select(k => new AccessKeyDescription(k.Key, k.Value))]);
}
