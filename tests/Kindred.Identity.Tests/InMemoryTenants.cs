using System.Globalization;
using Kindred.Identity.Organisations;

namespace Kindred.Identity.Tests;

internal sealed class InMemoryTenants : ITenantRegistry
{
    private long _last = 200_000_000_000;

    public List<string> Names { get; } = [];

    public Task<string> CreateAsync(string name)
    {
        Names.Add(name);
        return Task.FromResult((++_last).ToString(CultureInfo.InvariantCulture));
    }
}
