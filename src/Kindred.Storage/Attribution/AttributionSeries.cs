using Kindred.Contracts.Arns;
using Kindred.Contracts.Attribution;
using Kindred.Storage.Sql;
using Kindred.Storage.State;
using Microsoft.Data.Sqlite;

namespace Kindred.Storage.Attribution;

/// <summary>The values in two tables of the deployment's database.</summary>
internal sealed class AttributionSeries(SqliteDatabase database, WriterQueue writers) : IAttributionSeries
{
    public Task BeginAsync(Arn attribution, long from) => WriteAsync(connection =>
    {
        Run(connection, "DELETE FROM AttributionValue WHERE Attribution = $attribution", attribution);
        Run(connection, "REPLACE INTO AttributionProgress (Attribution, Through) VALUES ($attribution, $from)", attribution, ("$from", from));
        return true;
    });

    public Task<long?> FindThroughAsync(Arn attribution)
    {
        using var connection = database.OpenConnection();
        using var command = Command(connection, "SELECT Through FROM AttributionProgress WHERE Attribution = $attribution", attribution);
        return Task.FromResult(command.ExecuteScalar() as long?);
    }

    public Task<bool> AddAsync(
        Arn attribution, long from, long through, IReadOnlyCollection<AttributedValue> values, DateTimeOffset oldest) => WriteAsync(connection =>
    {
        if (Run(connection, "UPDATE AttributionProgress SET Through = $through WHERE Attribution = $attribution AND Through = $from",
            attribution, ("$through", through), ("$from", from)) == 0)
            return false;
        foreach (var value in values)
        {
            Run(connection, """
                INSERT INTO AttributionValue (Attribution, Quarter, Metric, Source, Value) VALUES ($attribution, $quarter, $metric, $source, $value)
                ON CONFLICT (Attribution, Quarter, Metric, Source) DO UPDATE SET Value = Value + excluded.Value
                """,
                attribution, ("$quarter", value.At.ToUnixTimeSeconds()), ("$metric", value.Metric), ("$source", value.Source), ("$value", value.Value));
        }
        Run(connection, "DELETE FROM AttributionValue WHERE Attribution = $attribution AND Quarter < $oldest",
            attribution, ("$oldest", oldest.ToUnixTimeSeconds()));
        return true;
    });

    public Task<IReadOnlyList<string>> ListSourcesAsync(Arn attribution)
    {
        using var connection = database.OpenConnection();
        using var command = Command(connection, "SELECT DISTINCT Source FROM AttributionValue WHERE Attribution = $attribution", attribution);
        using var reader = command.ExecuteReader();
        var sources = new List<string>();
        while (reader.Read()) sources.Add(reader.GetString(0));
        return Task.FromResult<IReadOnlyList<string>>(sources);
    }

    public Task<IReadOnlyList<AttributedValue>> ReadAsync(Arn attribution, DateTimeOffset from, DateTimeOffset until)
    {
        using var connection = database.OpenConnection();
        using var command = Command(connection, """
            SELECT Metric, Source, Quarter, Value FROM AttributionValue
            WHERE Attribution = $attribution AND Quarter >= $from AND Quarter < $until ORDER BY Quarter, Metric, Source
            """,
            attribution, ("$from", from.ToUnixTimeSeconds()), ("$until", until.ToUnixTimeSeconds()));
        using var reader = command.ExecuteReader();
        var values = new List<AttributedValue>();
        while (reader.Read())
            values.Add(new AttributedValue(
                reader.GetString(0), reader.GetString(1), DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(2)), reader.GetDouble(3)));
        return Task.FromResult<IReadOnlyList<AttributedValue>>(values);
    }

    public Task DeleteAsync(Arn attribution) => WriteAsync(connection =>
    {
        Run(connection, "DELETE FROM AttributionValue WHERE Attribution = $attribution", attribution);
        Run(connection, "DELETE FROM AttributionProgress WHERE Attribution = $attribution", attribution);
        return true;
    });

    private async Task<bool> WriteAsync(Func<SqliteConnection, bool> write)
    {
        using var turn = await writers.EnterAsync();
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        if (!write(connection)) return false;
        transaction.Commit();
        return true;
    }

    private static int Run(SqliteConnection connection, string sql, Arn attribution, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, attribution, parameters);
        return command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(
        SqliteConnection connection, string sql, Arn attribution, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$attribution", attribution.ToString());
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
