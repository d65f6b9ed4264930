using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Access;

/// <summary>Which key may end which, as pure functions.</summary>
internal static class AccessKeyRules
{
    /// <summary>What lets a tenant in again: a key that makes keys. Whoever runs the deployment needs one that makes tenants too.</summary>
    private static readonly AccessScopes[] WaysIn = [AccessScopes.Keys, AccessScopes.Keys | AccessScopes.Operator];

    /// <param name="keys">All of the tenant's keys, ended ones included.</param>
    /// <exception cref="RefusedException">See <see cref="RevokeAccessKey"/>.</exception>
    public static void CheckRevocation(
        RevokeAccessKey request, AccessKeyState key, IReadOnlyList<CatalogEntry<AccessKeyState>> keys, DateTimeOffset now)
    {
        CheckRights(request.Id, key, request.Rights);
        CheckWaysIn(request.Id, key, keys, now);
    }

    /// <param name="keys">All of the tenant's keys, ended ones included.</param>
    /// <exception cref="RefusedException">See <see cref="UpdateAccessKey"/>.</exception>
    public static void CheckUpdate(
        UpdateAccessKey request, AccessKeyState key, IReadOnlyList<CatalogEntry<AccessKeyState>> keys, DateTimeOffset now)
    {
        CheckRights(request.Id, key, request.Rights);
        if (key.Revoked || key.ExpiresAt <= now) throw Refuse.Invalid($"The access key '{request.Id}' has ended; make another one.");
        if (request.EndsAt > key.ExpiresAt)
            throw Refuse.Invalid($"The access key '{request.Id}' ends at {key.ExpiresAt:O}; it cannot be made to last longer. Make another one.");
        if (request.Disabled is true || request.EndsAt is not null) CheckWaysIn(request.Id, key, keys, now);
    }

    private static void CheckRights(string id, AccessKeyState key, KeyRights? rights)
    {
        if (rights is not null && !(rights.Covers(key.Scopes) && rights.Outlasts(key.ExpiresAt)))
            throw new RefusedException(RefusalCode.AccessDenied,
                $"The access key '{id}' may do more, or lasts longer, than the one that would end it.");
    }

    private static void CheckWaysIn(
        string id, AccessKeyState key, IReadOnlyList<CatalogEntry<AccessKeyState>> keys, DateTimeOffset now)
    {
        if (!key.IsUsable(now)) return;
        foreach (var way in WaysIn)
        {
            if (Leads(key, way) && !keys.Any(other => other.Key != id && other.State.IsUsable(now) && Leads(other.State, way)))
                throw Refuse.InUse(
                    $"The access key '{id}' is the last one without an end that has the scopes "
                    + $"{string.Join(" and ", ScopeNames.List(way))}: nobody could get in again. Make another one first.");
        }
    }

    private static bool Leads(AccessKeyState key, AccessScopes way) => (key.Scopes & way) == way && key.ExpiresAt is null;
}
