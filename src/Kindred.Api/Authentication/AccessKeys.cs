using System.Text.Json;
using Kindred.Api.Browsers;
using Kindred.Contracts.Access;
using Kindred.Contracts.Audit;
using Kindred.Contracts.Refusals;
using Microsoft.Extensions.Logging;

namespace Kindred.Api.Authentication;

/// <summary>A tenant's keys for whoever may handle them: a key gives no more than its maker has, and every change is audited.</summary>
internal sealed partial class AccessKeys(
    AccessKeyIssuer issuer, AccessKeyCache cache, AccessKeyUse use, OriginDirectory origins, IAccessKeyStore store, IAuditTrail audit,
    TimeProvider clock, ILogger<AccessKeys> logger) : IAccessKeys
{
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(30);

    public async Task<IssuedAccessKey> IssueAsync(Principal principal, NewAccessKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        using var entered = Enter(principal, "keys:Create");
        var issued = await IssueChildAsync(principal, key);
        await RecordAsync(principal, "keys:Create", issued.Id, null, Described(issued));
        return issued;
    }

    public async Task<IReadOnlyList<AccessKeyDescription>> ListAsync(Principal principal, CancellationToken cancellationToken)
    {
        using var entered = Enter(principal, "keys:List");
        var keys = await store.ListAsync(principal.Account, cancellationToken);
        return [.. keys.Select(key => key with { State = key.State with { LastUsedAt = use.Last(key.Id, key.State.LastUsedAt) } })];
    }

    public async Task<IssuedAccessKey> RollAsync(Principal principal, string id, TimeSpan overlap, CancellationToken cancellationToken)
    {
        using var entered = Enter(principal, "keys:Roll");
        if (overlap < TimeSpan.Zero || overlap > LongestOverlap)
            throw Invalid($"Two keys can overlap for 0 to {LongestOverlap.TotalDays:F0} days.");
        var old = await ExpectAsync(principal.Account, id);
        var now = clock.GetUtcNow();
        if (!old.IsUsable(now)) throw Invalid($"The access key '{id}' is disabled or has ended; make another one.");
        var end = now + overlap;
        var issued = await IssueChildAsync(principal, new NewAccessKey(old.Scopes)
        {
            Name = old.Name, ExpiresAt = old.ExpiresAt, AllowedOrigins = old.AllowedOrigins,
        });
        try
        {
            // Not before the new one is there: the last way in may be rolled too.
            if (overlap == TimeSpan.Zero) await store.RevokeAsync(principal.Account, id, principal.Rights);
            else if (old.ExpiresAt is null || end < old.ExpiresAt)
                await store.UpdateAsync(principal.Account, id, principal.Rights, disabled: null, end);
        }
        catch (RefusedException)
        {
            // Nobody has seen the new one.
            await store.RevokeAsync(principal.Account, issued.Id, rights: null);
            throw;
        }
        cache.Forget(id);
        await RecordAsync(principal, "keys:Roll", id, Described(id, old), Described(issued));
        return issued;
    }

    public async Task SetDisabledAsync(Principal principal, string id, bool disabled, CancellationToken cancellationToken)
    {
        var action = disabled ? "keys:Disable" : "keys:Enable";
        using var entered = Enter(principal, action);
        await store.UpdateAsync(principal.Account, id, principal.Rights, disabled, endsAt: null);
        cache.Forget(id);
        origins.Forget();
        await RecordAsync(principal, action, id, null, null);
    }

    public async Task RevokeAsync(Principal principal, string id, CancellationToken cancellationToken)
    {
        using var entered = Enter(principal, "keys:Revoke");
        var before = await store.FindAsync(id);
        await store.RevokeAsync(principal.Account, id, principal.Rights);
        cache.Forget(id);
        LogEnded(principal.AuditName, id, principal.Account);
        await RecordAsync(principal, "keys:Revoke", id, before is null ? null : Described(id, before.State), null);
    }

    private static CallerScope Enter(Principal principal, string action)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Keys, action);
        return CallerContext.Enter(principal);
    }

    private async Task<IssuedAccessKey> IssueChildAsync(Principal principal, NewAccessKey key)
    {
        if ((key.Scopes & ~principal.Scopes) is not AccessScopes.None and var excess)
            throw Denied($"{principal.Noun} cannot give the scopes that it lacks itself: {string.Join(", ", ScopeNames.List(excess))}.");
        // A key that ends gives no more than its own time, said or not.
        var until = key.ExpiresAt ?? principal.Rights.Until;
        if (!principal.Rights.Outlasts(until))
            throw Denied($"{principal.Noun} ends at {principal.Rights.Until:O}; it cannot make a key that lasts longer.");
        var issued = await issuer.IssueAsync(principal.Account, key with { ExpiresAt = until });
        LogMade(principal.AuditName, issued.Id, principal.Account, string.Join(' ', ScopeNames.List(key.Scopes)));
        return issued;
    }

    private async Task<AccessKeyState> ExpectAsync(string account, string id) =>
        await store.FindAsync(id) is { State: { Revoked: false } state } && state.Account == account
            ? state
            : throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no access key '{id}'.");

    private Task RecordAsync(Principal principal, string action, string id, string? before, string? after) =>
        audit.RecordAsync(AuditEvent.By(principal, action, id) with { Before = before, After = after });

    private static string Described(IssuedAccessKey key) => Described(key.Id, key.Name, key.Scopes, key.ExpiresAt, key.AllowedOrigins);

    private static string Described(string id, AccessKeyState key) => Described(id, key.Name, key.Scopes, key.ExpiresAt, key.AllowedOrigins);

    private static string Described(string id, string? name, AccessScopes scopes, DateTimeOffset? end, IReadOnlyList<string>? origins) =>
        JsonSerializer.Serialize(new AuditedKey(id, name, ScopeNames.List(scopes), end, origins), AuditedKeyJson.Default.AuditedKey);

    private static RefusedException Invalid(string sentence) => new(RefusalCode.InvalidInput, sentence);
    private static RefusedException Denied(string sentence) => new(RefusalCode.AccessDenied, sentence);

    [LoggerMessage(EventId = 4104, EventName = "AccessKeyMade", Level = LogLevel.Information,
        Message = "Audit: {Actor} made access key {AccessKeyId} of account {Account}: {Scopes}")]
    private partial void LogMade(string actor, string accessKeyId, string account, string scopes);

    [LoggerMessage(EventId = 4105, EventName = "AccessKeyEnded", Level = LogLevel.Information,
        Message = "Audit: {Actor} ended access key {AccessKeyId} of account {Account}")]
    private partial void LogEnded(string actor, string accessKeyId, string account);
}
