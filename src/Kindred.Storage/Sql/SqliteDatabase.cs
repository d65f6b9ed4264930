using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Kindred.Storage.Sql;

/// <summary>
/// Opens <c>{data}/kindred.db</c>. Orleans and the catalog get their connections here, because what makes a commit durable
/// is a setting of each connection and cannot be written into the connection string.
/// </summary>
internal sealed class SqliteDatabase(StorageOptions options) : DbDataSource
{
    public const string FileName = "kindred.db";

    // FULL: a commit returns after fsync. SQLite itself waits for a lock in steps of milliseconds; without the timeout
    // Microsoft.Data.Sqlite would wait, in steps of 150 ms.
    private const string ConnectionSettings = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;";

    public override string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(options.Root, FileName),
        Mode = SqliteOpenMode.ReadWriteCreate,
        Pooling = true,
        DefaultTimeout = 30,
    }.ToString();

    public new SqliteConnection OpenConnection() => (SqliteConnection)base.OpenConnection();

    protected override DbConnection CreateDbConnection()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState is ConnectionState.Open) Apply(connection);
        };
        return connection;
    }

    // Closing the last connection also moves the write-ahead log into the database and removes it.
    protected override void Dispose(bool disposing)
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
        base.Dispose(disposing);
    }

    private static void Apply(SqliteConnection connection)
    {
        using var settings = connection.CreateCommand();
        settings.CommandText = ConnectionSettings;
        settings.ExecuteNonQuery();
    }
}
