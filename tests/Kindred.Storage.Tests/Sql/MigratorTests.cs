using Kindred.Storage.Durability;
using Kindred.Storage.Sql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kindred.Storage.Tests.Sql;

public sealed class MigratorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDatabase _database;

    public MigratorTests() => _database = new SqliteDatabase(new StorageOptions { DataPath = _folder.Path });

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_OnAnEmptyFolder_MakesADurableDatabase()
    {
        Migrate();

        Assert.Equal("wal", Scalar("PRAGMA journal_mode"));
        Assert.Equal(2L, Scalar("PRAGMA synchronous")); // FULL
        Assert.Equal((long)SqlResources.Migrations.Count, Scalar("PRAGMA user_version"));
        Assert.Equal((long)SqlResources.Queries.Count, Scalar("SELECT count(*) FROM OrleansQuery"));
    }

    [Fact]
    public void Run_Again_WritesNothing()
    {
        Migrate();
        var before = LogLength();

        Migrate();

        Assert.NotEqual(0, before);
        Assert.Equal(before, LogLength());
    }

    [Fact]
    public void Run_AfterAReleaseChangedAQuery_ReplacesIt()
    {
        Migrate();
        Scalar("UPDATE OrleansQuery SET QueryText = 'old' WHERE QueryKey = 'ReadFromStorageKey'");
        Scalar("INSERT INTO OrleansQuery VALUES ('GoneKey', 'old')");

        Migrate();

        Assert.Equal(SqlResources.Queries["ReadFromStorageKey"], Scalar("SELECT QueryText FROM OrleansQuery WHERE QueryKey = 'ReadFromStorageKey'"));
        Assert.Equal(0L, Scalar("SELECT count(*) FROM OrleansQuery WHERE QueryKey = 'GoneKey'"));
    }

    [Fact]
    public void Run_OnANewerDatabase_RefusesAndLeavesItAlone()
    {
        Migrate();
        Scalar("PRAGMA user_version = 999");

        var refused = Assert.Throws<DataFolderException>(Migrate);

        Assert.Contains("schema 999", refused.Message, StringComparison.Ordinal);
        Assert.Equal(999L, Scalar("PRAGMA user_version"));
    }

    [Fact]
    public async Task Run_ByManyAtOnce_MigratesOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Migrate)));

        Assert.Equal("ok", Scalar("PRAGMA integrity_check"));
        Assert.Equal((long)SqlResources.Queries.Count, Scalar("SELECT count(*) FROM OrleansQuery"));
    }

    [Fact]
    public void Migrations_AreNumberedFromOneWithoutGaps() =>
        Assert.Equal(Enumerable.Range(1, SqlResources.Migrations.Count), SqlResources.Migrations.Select(m => m.Version));

    private void Migrate() => new Migrator(_database, NullLogger<Migrator>.Instance).Run();

    // Every commit appends to the write-ahead log.
    private long LogLength() => new FileInfo(_folder.At(SqliteDatabase.FileName + "-wal")).Length;

    private object? Scalar(string text)
    {
        using var connection = _database.OpenConnection();
        using var command = new SqliteCommand(text, connection);
        return command.ExecuteScalar();
    }
}
