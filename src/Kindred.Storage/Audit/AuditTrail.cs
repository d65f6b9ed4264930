using System.Text;
using Kindred.Contracts.Audit;
using Kindred.Storage.Sql;
using Kindred.Storage.State;
using Microsoft.Data.Sqlite;

namespace Kindred.Storage.Audit;

/// <summary>The trail in a table of the deployment's database.</summary>
internal sealed class AuditTrail(SqliteDatabase database, WriterQueue writers, StorageOptions options, TimeProvider clock) : IAuditTrail
{
    /// <summary>Entries of a tenant; the oldest go when there are more.</summary>
    internal const int MostPerTenant = 100_000;

    /// <summary>Entries that are too old or too many go when so many new ones came.</summary>
    internal const int EntriesBetweenSweeps = 1000;

    private const char Ellipsis = '…';
    private int _untilSweep;

    public async Task RecordAsync(AuditEvent change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        using var turn = await writers.EnterAsync();
        using var connection = database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO AuditTrail (Account, At, Actor, Action, Target, Origin, Before, After)
            VALUES ($account, $at, $actor, $action, $target, $origin, $before, $after)
            """;
        command.Parameters.AddWithValue("$account", change.Account);
        command.Parameters.AddWithValue("$at", clock.GetUtcNow().ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$actor", change.Actor);
        command.Parameters.AddWithValue("$action", change.Action);
        command.Parameters.AddWithValue("$target", Value(change.Target));
        command.Parameters.AddWithValue("$origin", Value(change.Origin));
        command.Parameters.AddWithValue("$before", Value(Shortened(change.Before)));
        command.Parameters.AddWithValue("$after", Value(Shortened(change.After)));
        command.ExecuteNonQuery();
        if (_untilSweep-- > 0) return;
        _untilSweep = EntriesBetweenSweeps;
        Sweep(connection, change.Account);
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAsync(string account, AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(account);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, AuditQuery.MostEntries);
        cancellationToken.ThrowIfCancellationRequested();

        using var connection = database.OpenConnection();
        using var command = connection.CreateCommand();
        var text = new StringBuilder("""
            SELECT Number, At, Actor, Action, Target, Origin, Before, After FROM AuditTrail WHERE Account = $account
            """);
        command.Parameters.AddWithValue("$account", account);
        if (query.Before is { } before) Where("Number < $number", "$number", before);
        if (query.From is { } from) Where("At >= $from", "$from", from.ToUnixTimeMilliseconds());
        if (query.Until is { } until) Where("At < $until", "$until", until.ToUnixTimeMilliseconds());
        if (!string.IsNullOrWhiteSpace(query.Text))
            Where("instr(lower(Actor || ' ' || Action || ' ' || coalesce(Target, '') || ' ' || coalesce(Origin, '')), lower($text)) > 0",
                "$text", query.Text.Trim());
        text.Append(" ORDER BY Number DESC LIMIT $limit");
        command.Parameters.AddWithValue("$limit", query.Limit);
        command.CommandText = text.ToString();

        var entries = new List<AuditEntry>();
        using var reader = command.ExecuteReader();
        while (reader.Read()) entries.Add(Entry(account, reader));
        return Task.FromResult<IReadOnlyList<AuditEntry>>(entries);

        void Where(string condition, string name, object value)
        {
            text.Append(" AND ").Append(condition);
            command.Parameters.AddWithValue(name, value);
        }
    }

    private void Sweep(SqliteConnection connection, string account)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            DELETE FROM AuditTrail WHERE At < $oldest;
            DELETE FROM AuditTrail WHERE Account = $account AND Number <=
                (SELECT Number FROM AuditTrail WHERE Account = $account ORDER BY Number DESC LIMIT 1 OFFSET $most);
            """;
        command.Parameters.AddWithValue("$account", account);
        command.Parameters.AddWithValue("$most", MostPerTenant);
        command.Parameters.AddWithValue("$oldest", (clock.GetUtcNow() - options.AuditKeptFor).ToUnixTimeMilliseconds());
        command.ExecuteNonQuery();
    }

    private static AuditEntry Entry(string account, SqliteDataReader row) => new(
        row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
        new AuditEvent(account, row.GetString(2), row.GetString(3))
        {
            Target = Text(row, 4), Origin = Text(row, 5), Before = Text(row, 6), After = Text(row, 7),
        });

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static object Value(string? text) => text is null ? DBNull.Value : text;

    private static string? Shortened(string? text) => text is { Length: > AuditEvent.MaxDetailLength }
        ? string.Concat(text.AsSpan(0, AuditEvent.MaxDetailLength - 1), [Ellipsis])
        : text;
}
