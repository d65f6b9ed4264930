namespace Kindred.Api.Tenancy;

/// <summary>Which tenants there are: behind their grains.</summary>
internal interface ITenantStore
{
    Task<bool> ExistsAsync(string account);

    /// <summary>Makes the tenant. Nothing happens when it exists already.</summary>
    Task CreateAsync(string account, string? name);
}
