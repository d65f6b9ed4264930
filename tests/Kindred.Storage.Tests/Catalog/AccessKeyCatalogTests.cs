using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Storage.Catalog;
using Kindred.Storage.Sql;
using Kindred.Storage.State;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Kindred.Storage.Tests.Catalog;

/// <summary>On a database that the release before made: its keys are there when the index comes.</summary>
public sealed class AccessKeyCatalogTests : IDisposable
{
    private const string Mine = "123456789012";
    private const string Theirs = "210987654321";

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly AccessKeyCatalog _catalog;

    public AccessKeyCatalogTests()
    {
        _database = new SqliteDatabase(new StorageOptions { DataPath = _folder.Path });
        _catalog = new AccessKeyCatalog(_database, Options.Create(new ClusterOptions { ServiceId = "kindred" }));
        Execute(SqlResources.Migrations[0].Text);
        Execute("PRAGMA user_version = 1");
        foreach (var (id, account) in ((string, string)[])[("c", Mine), ("a", Mine), ("x", Theirs), ("b", Mine)])
            Insert(StateNames.AccessKey, id, account);
        new Migrator(_database, NullLogger<Migrator>.Instance).Run();
        Insert(StateNames.AccessKey, "d", Mine);
        // What has an account too, and is no key.
        Insert(StateNames.Tenant, Mine, Mine);
        Insert(StateNames.AccessKey, "cleared", account: null);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task List_OfAnAccount_HasItsKeysOnly_PageByPage()
    {
        var first = await _catalog.ListAsync(Mine, null, 3, default);
        var second = await _catalog.ListAsync(Mine, first[^1].Key, 3, default);

        Assert.Equal(["a", "b", "c"], first.Select(entry => entry.Key));
        Assert.Equal(["d"], second.Select(entry => entry.Key));
        Assert.All(first, entry => Assert.Equal(Mine, entry.State.Account));
        Assert.Equal(["x"], (await _catalog.ListAsync(Theirs, null, 3, default)).Select(entry => entry.Key));
        Assert.Empty(await _catalog.ListAsync("000000000000", null, 3, default));
    }

    [Fact]
    public void Query_SearchesTheIndexOfTheAccount_AndSortsNothing()
    {
        using var connection = _database.OpenConnection();
        using var command = new SqliteCommand("EXPLAIN QUERY PLAN " + AccessKeyCatalog.QueryText, connection);
        foreach (var name in (string[])["$service", "$account", "$after", "$limit"]) command.Parameters.AddWithValue(name, "1");

        var plan = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) plan.Add(reader.GetString(3));

        var step = Assert.Single(plan);
        Assert.StartsWith("SEARCH OrleansStorage USING INDEX IX_OrleansStorage_AccessKeyAccount", step, StringComparison.Ordinal);
        Assert.Contains("<expr>=? AND GrainIdExtensionString>?", step, StringComparison.Ordinal);
    }

    /// <param name="account">Null for a state that was cleared.</param>
    private void Insert(string stateName, string key, string? account)
    {
        var state = account is null ? null : new StateSerializer().Serialize(new AccessKeyState
        {
            Account = account, Scopes = AccessScopes.Tenant, ProtectedSecret = "ä secret", CreatedAt = DateTimeOffset.UnixEpoch,
        });
        using var connection = _database.OpenConnection();
        using var command = new SqliteCommand("INSERT INTO OrleansStorage VALUES ('kindred', $state, $key, $payload, 'now', 1)",
            connection);
        command.Parameters.AddWithValue("$state", stateName);
        command.Parameters.AddWithValue("$key", GrainKeyText.ToStored(key));
        command.Parameters.AddWithValue("$payload", (object?)state?.ToArray() ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    private void Execute(string text)
    {
        using var connection = _database.OpenConnection();
        using var command = new SqliteCommand(text, connection);
        command.ExecuteNonQuery();
    }
}
