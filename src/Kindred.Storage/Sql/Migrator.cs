using Kindred.Storage.Durability;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kindred.Storage.Sql;

/// <summary>
/// Brings the database to this release's schema and query texts, in one exclusive transaction: a crash leaves the old
/// database, a second starter waits. Run before the silo, which reads the query texts once at its start.
/// </summary>
internal sealed partial class Migrator(SqliteDatabase database, ILogger<Migrator> logger)
{
    /// <exception cref="DataFolderException">A newer release has been here; going back would misread its data.</exception>
    public void Run()
    {
        using var connection = database.OpenConnection();
        // The journal mode stays in the file; it cannot change inside a transaction.
        Execute(connection, "PRAGMA journal_mode = WAL");

        var target = SqlResources.Migrations[^1].Version;
        var current = CurrentVersion(connection);
        if (current == target && QueriesAreCurrent(connection)) return;

        using var transaction = connection.BeginTransaction(deferred: false);
        current = CurrentVersion(connection); // somebody else may have been faster
        if (current > target)
            throw new DataFolderException(
                $"The database in '{connection.DataSource}' has schema {current}; this release knows up to {target}. "
                + "Start the release that wrote it, or a newer one.");

        foreach (var (version, text) in SqlResources.Migrations.Where(m => m.Version > current)) Execute(connection, text);
        if (current < target)
        {
            Execute(connection, $"PRAGMA user_version = {target}");
            LogMigrated(current, target);
        }
        WriteQueries(connection);
        transaction.Commit();
    }

    private static int CurrentVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), provider: null);
    }

    private static bool QueriesAreCurrent(SqliteConnection connection)
    {
        var stored = new Dictionary<string, string>(StringComparer.Ordinal);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT QueryKey, QueryText FROM OrleansQuery";
        using var reader = command.ExecuteReader();
        while (reader.Read()) stored.Add(reader.GetString(0), reader.GetString(1));
        return stored.Count == SqlResources.Queries.Count
            && SqlResources.Queries.All(q => stored.TryGetValue(q.Key, out var text) && text == q.Value);
    }

    private static void WriteQueries(SqliteConnection connection)
    {
        Execute(connection, "DELETE FROM OrleansQuery");
        foreach (var (key, text) in SqlResources.Queries)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ($key, $text)";
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$text", text);
            command.ExecuteNonQuery();
        }
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database schema moved from {From} to {To}")]
    private partial void LogMigrated(int from, int to);
}
