using System.Collections.Concurrent;
using Kindred.Api.Tenancy;

namespace Kindred.Api.Tests;

internal sealed class InMemoryTenants : ITenantStore
{
    private readonly ConcurrentDictionary<string, string?> _names = new();

    public Task<bool> ExistsAsync(string account) => Task.FromResult(_names.ContainsKey(account));

    public Task CreateAsync(string account, string? name)
    {
        _names.TryAdd(account, name);
        return Task.CompletedTask;
    }
}
