using Kindred.Api.Authentication;
using Kindred.Contracts.Access;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Api.Tests.Authentication;

public sealed class AccessKeyCacheTests
{
    private const string Id = "KINDREDEXAMPLEKEY234";
    private readonly AccessKeySecrets _secrets = new(new EphemeralDataProtectionProvider());
    private readonly HeldKeys _store = new();
    private readonly AccessKeyCache _cache;

    public AccessKeyCacheTests()
    {
        var clock = new FakeTimeProvider();
        var use = new AccessKeyUse(_store, clock, NullLogger<AccessKeyUse>.Instance);
        _cache = new AccessKeyCache(_store, _secrets, use, clock, NullLogger<AccessKeyCache>.Instance);
    }

    [Fact]
    public async Task FindAsync_AfterAFloodOfGuesses_StillHasTheKeyAndFewGuesses()
    {
        const int Guesses = 2 * AccessKeyCache.MostEntries;
        await _store.CreateAsync(Id, Key());
        await _cache.FindAsync(Id);

        for (var i = 0; i < Guesses; i++) Assert.Null(await _cache.FindAsync($"GUESS{i}"));

        Assert.NotNull(await _cache.FindAsync(Id));
        Assert.Equal(1 + Guesses, _store.Lookups);
        for (var i = 0; i < Guesses; i++) await _cache.FindAsync($"GUESS{i}");
        Assert.InRange(_store.Lookups, 1 + Guesses + (Guesses - AccessKeyCache.MostEntries), 1 + 2 * Guesses);
    }

    [Fact]
    public async Task Forget_TheNextRequestAsksAgain()
    {
        await _store.CreateAsync(Id, Key());
        await _cache.FindAsync(Id);
        await _store.RevokeAsync(ApiServer.Account, Id, null);

        _cache.Forget(Id);

        Assert.True((await _cache.FindAsync(Id))!.State.Revoked);
    }

    [Fact]
    public async Task Forget_WhileTheStoreIsAsked_DoesNotLetItsOldAnswerStay()
    {
        await _store.CreateAsync(Id, Key());
        _store.Hold = new TaskCompletionSource();
        var early = _cache.FindAsync(Id);
        await _store.RevokeAsync(ApiServer.Account, Id, null);
        _cache.Forget(Id);
        _store.Hold.SetResult();
        Assert.False((await early)!.State.Revoked);

        Assert.True((await _cache.FindAsync(Id))!.State.Revoked);
    }

    private AccessKeyState Key() => new()
    {
        Account = ApiServer.Account,
        Scopes = AccessScopes.Recommend,
        ProtectedSecret = _secrets.Protect("secret", Id, ApiServer.Account, AccessScopes.Recommend),
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>Answers with what it knew when it was asked, once it is let go.</summary>
    private sealed class HeldKeys : IAccessKeyStore
    {
        private readonly InMemoryAccessKeys _keys = new();

        public TaskCompletionSource? Hold { get; set; }
        public int Lookups => _keys.Lookups;

        public async Task<AccessKeyDescription?> FindAsync(string id)
        {
            var found = await _keys.FindAsync(id);
            if (Hold is not null) await Hold.Task;
            return found;
        }

        public Task CreateAsync(string id, AccessKeyState key) => _keys.CreateAsync(id, key);
        public Task RevokeAsync(string account, string id, KeyRights? rights) => _keys.RevokeAsync(account, id, rights);
        public IAsyncEnumerable<AccessKeyDescription> AllAsync(CancellationToken cancellationToken) => _keys.AllAsync(cancellationToken);
        public Task UpdateAsync(string account, string id, KeyRights? rights, bool? disabled, DateTimeOffset? endsAt) =>
            _keys.UpdateAsync(account, id, rights, disabled, endsAt);

        public Task NoteUseAsync(string id, DateTimeOffset at) => _keys.NoteUseAsync(id, at);
        public Task RebindAsync(string id, string protectedSecret) => _keys.RebindAsync(id, protectedSecret);
        public Task<IReadOnlyCollection<string>> ListOriginsAsync(CancellationToken cancellationToken) => _keys.ListOriginsAsync(cancellationToken);
        public Task<IReadOnlyList<AccessKeyDescription>> ListAsync(string account, CancellationToken cancellationToken) =>
            _keys.ListAsync(account, cancellationToken);
    }
}
