using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Tenants;
using Kindred.Operations.Operating;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Operations.Tests.Operating;

public sealed class TenantStandingsTests : IDisposable
{
    private const string Mine = "111111111111", Theirs = "222222222222";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly TenantTable _tenants = new();
    private readonly TenantStandings _standings;

    public TenantStandingsTests() => _standings = new TenantStandings(_tenants, _clock, period: TimeSpan.FromDays(10_000));

    public void Dispose() => _standings.Dispose();

    [Fact]
    public async Task Requests_OfATenantWithAQuota_AreThrottled_AndThoseOfOthersAreNot()
    {
        _tenants.Set(Mine, new() { RequestsPerSecond = 5 });
        await _standings.RequireActiveAsync(Mine);
        await _standings.RequireActiveAsync(Theirs);

        Assert.Equal(10, Taken(Mine)); // twice a second's, after a quiet time
        Assert.Equal(100, Taken(Theirs));
        // Asked again, it remembers what was taken.
        _standings.Doubt(Mine);
        await _standings.RequireActiveAsync(Mine);
        Assert.Equal(0, Taken(Mine));
        Assert.Equal(RefusalCode.Throttled, Assert.Throws<RefusedException>(() => _standings.TakeRequest(Mine)).Code);

        _tenants.Set(Mine, new() { RequestsPerSecond = 6 });
        _standings.Doubt(Mine);
        await _standings.RequireActiveAsync(Mine);
        Assert.Equal(12, Taken(Mine));
    }

    [Fact]
    public async Task Quotas_ThatAreChanged_HoldAtOnceWhereTheyWereChanged_AndWithinSecondsElsewhere()
    {
        using var elsewhere = new TenantStandings(_tenants, _clock);
        foreach (var known in new[] { _standings, elsewhere }) await known.RequireActiveAsync(Mine);
        Assert.Null(_standings.QuotasOf(Mine).StoredBytes);

        _tenants.Set(Mine, new() { StoredBytes = 7 });
        _standings.Doubt(Mine);
        await _standings.RequireActiveAsync(Mine);
        await elsewhere.RequireActiveAsync(Mine);
        Assert.Equal((7, null), (_standings.QuotasOf(Mine).StoredBytes, elsewhere.QuotasOf(Mine).StoredBytes));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await elsewhere.RequireActiveAsync(Mine);

        Assert.Equal(7, elsewhere.QuotasOf(Mine).StoredBytes);
    }

    private int Taken(string account)
    {
        for (var taken = 0; taken < 100; taken++)
        {
            try
            {
                _standings.TakeRequest(account);
            }
            catch (RefusedException)
            {
                return taken;
            }
        }
        return 100;
    }
}
