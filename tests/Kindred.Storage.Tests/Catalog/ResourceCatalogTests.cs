using Kindred.Contracts.Arns;
using Kindred.Storage.Catalog;
using Kindred.Storage.Sql;
using Kindred.Storage.Tests.State;
using Microsoft.Data.Sqlite;

namespace Kindred.Storage.Tests.Catalog;

public sealed class ResourceCatalogTests : IAsyncLifetime
{
    private const string StateName = "ledger/state";
    private static readonly string Campaigns = Arn.Prefix("us-east-1", "123456789012", ResourceTypes.Campaign);

    private readonly TemporaryFolder _folder = new();
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _silo = await TestSilo.StartAsync(_folder.Path);
        foreach (var name in (string[])["c", "a", "b", "B", "a-1"]) await _silo.Grains.GetGrain<ILedgerGrain>(Campaigns + name).AddAsync(name.Length);
        // What a scan of campaigns must not find: another account, another type that begins alike, another kind of state.
        await _silo.Grains.GetGrain<ILedgerGrain>(Arn.Campaign("us-east-1", "123456789013", "a").ToString()).AddAsync(1);
        await _silo.Grains.GetGrain<ILedgerGrain>("arn:aws:personalize:us-east-1:123456789012:campaign-update/a").AddAsync(1);
        await _silo.Grains.GetGrain<IJournalGrain>(Campaigns + "journal").AddAsync(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Scan_OfAPrefix_ListsItsKeysInOrdinalOrder()
    {
        var entries = await _silo.Catalog.ScanAsync<LedgerState>(StateName, Campaigns, null, 100, default);

        Assert.Equal(["B", "a", "a-1", "b", "c"], entries.Select(e => e.Key[Campaigns.Length..]));
        Assert.Equal([1, 1, 3, 1, 1], entries.Select(e => e.State.Sum));
    }

    [Fact]
    public async Task Scan_InPages_ListsEachKeyOnce()
    {
        var keys = new List<string>();
        for (string? after = null; ;)
        {
            var page = await _silo.Catalog.ScanAsync<LedgerState>(StateName, Campaigns, after, 2, default);
            if (page.Count == 0) break;
            keys.AddRange(page.Select(e => e.Key[Campaigns.Length..]));
            after = page[^1].Key;
        }

        Assert.Equal(["B", "a", "a-1", "b", "c"], keys);
    }

    [Fact]
    public async Task Scan_AfterAKeyBeforeTheRange_StartsAtTheRange() =>
        Assert.Equal(5, (await _silo.Catalog.ScanAsync<LedgerState>(StateName, Campaigns, "a", 100, default)).Count);

    [Fact]
    public async Task Scan_WithTheKeyItself_FindsIt() =>
        Assert.Equal(
            ["a", "a-1"],
            (await _silo.Catalog.ScanAsync<LedgerState>(StateName, Campaigns + "a", null, 100, default))
                .Select(e => e.Key[Campaigns.Length..]));

    [Fact]
    public async Task Scan_OfEverything_SpansAccounts() =>
        Assert.Equal(7, (await _silo.Catalog.ScanAsync<LedgerState>(StateName, "", null, 100, default)).Count);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Query_OfAScan_SearchesOneIndexAndSortsNothing(bool continues)
    {
        using var connection = _silo.Get<SqliteDatabase>().OpenConnection();
        using var command = new SqliteCommand("EXPLAIN QUERY PLAN " + ResourceCatalog.QueryText(continues), connection);
        foreach (var name in (string[])["$service", "$state", "$from", "$to", "$limit"]) command.Parameters.AddWithValue(name, "1");

        var plan = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) plan.Add(reader.GetString(3));

        var step = Assert.Single(plan);
        Assert.Contains("SEARCH OrleansStorage USING INDEX", step, StringComparison.Ordinal);
        Assert.Contains("GrainIdExtensionString>? AND GrainIdExtensionString<?", step, StringComparison.Ordinal);
    }
}
