using Kindred.Contracts.Catalog;

namespace Kindred.Contracts.Access;

/// <summary>Lists the access keys of one account. A key's id says nothing of its account, so no key range of the catalog would.</summary>
public interface IAccessKeyCatalog
{
    /// <summary>The account's keys in ordinal order of their ids, revoked and expired ones included.</summary>
    /// <param name="account">12 digits.</param>
    /// <param name="afterId">Ids up to and including this one are passed over; null to start at the beginning.</param>
    /// <param name="limit">Most entries to return, at least 1.</param>
    Task<IReadOnlyList<CatalogEntry<AccessKeyState>>> ListAsync(
        string account, string? afterId, int limit, CancellationToken cancellationToken);
}
