using System.Collections.Concurrent;
using Kindred.Contracts.Usage;
using Kindred.Storage.Sql;
using Kindred.Storage.State;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kindred.Storage.Usage;

/// <summary>Counts in memory, and adds what is new to a table of the deployment's database.</summary>
internal sealed partial class UsageMeter(
    SqliteDatabase database, WriterQueue writers, StorageOptions options, TimeProvider clock, ILogger<UsageMeter> logger)
    : BackgroundService, IUsageMeter
{
    public static readonly TimeSpan StoredEvery = TimeSpan.FromSeconds(30);

    private volatile ConcurrentDictionary<Key, Counter> _counters = new();

    public void Count(string account, UsageMeasure measure, string subject, long count)
    {
        ArgumentException.ThrowIfNullOrEmpty(account);
        ArgumentNullException.ThrowIfNull(subject);
        var key = new Key(account, Today, measure, subject);
        // A counter that is just being stored takes no more: the next dictionary has the next one.
        while (!_counters.GetOrAdd(key, static _ => new Counter()).TryAdd(count)) { }
    }

    public async Task<IReadOnlyList<UsageCount>> ReadAsync(string account, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(account);
        await StoreAsync();
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT Day, Measure, Subject, Count FROM UsageCount
            WHERE Account = $account AND Day BETWEEN $from AND $until ORDER BY Day, Measure, Subject
            """;
        command.Parameters.AddWithValue("$account", account);
        command.Parameters.AddWithValue("$from", from.DayNumber);
        command.Parameters.AddWithValue("$until", until.DayNumber);
        var counts = new List<UsageCount>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            counts.Add(new UsageCount(
                DateOnly.FromDayNumber(reader.GetInt32(0)), (UsageMeasure)reader.GetInt32(1), reader.GetString(2), reader.GetInt64(3)));
        return counts;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryStoreAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(StoredEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryStoreAsync();
    }

    private async Task TryStoreAsync()
    {
        try
        {
            await StoreAsync();
        }
        catch (SqliteException failure)
        {
            LogNotStored(failure); // counts are not worth more than the service, or its stop
        }
    }

    /// <summary>Adds what was counted to the table; what cannot be stored is counted again.</summary>
    internal async Task StoreAsync()
    {
        var taken = Interlocked.Exchange(ref _counters, new ConcurrentDictionary<Key, Counter>());
        var counted = taken.Select(entry => (entry.Key, Count: entry.Value.Close())).Where(entry => entry.Count != 0).ToList();
        if (counted.Count == 0) return;
        try
        {
            using var turn = await writers.EnterAsync();
            Add(counted);
        }
        catch (SqliteException)
        {
            foreach (var (key, count) in counted)
                while (!_counters.GetOrAdd(key, static _ => new Counter()).TryAdd(count)) { }
            throw;
        }
    }

    private void Add(List<(Key Key, long Count)> counted)
    {
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO UsageCount (Account, Day, Measure, Subject, Count) VALUES ($account, $day, $measure, $subject, $count)
            ON CONFLICT (Account, Day, Measure, Subject) DO UPDATE SET Count = Count + excluded.Count
            """;
        var (account, day) = (command.Parameters.Add("$account", SqliteType.Text), command.Parameters.Add("$day", SqliteType.Integer));
        var (measure, subject) = (command.Parameters.Add("$measure", SqliteType.Integer), command.Parameters.Add("$subject", SqliteType.Text));
        var count = command.Parameters.Add("$count", SqliteType.Integer);
        foreach (var entry in counted)
        {
            (account.Value, day.Value, measure.Value) = (entry.Key.Account, entry.Key.Day, (int)entry.Key.Measure);
            (subject.Value, count.Value) = (entry.Key.Subject, entry.Count);
            command.ExecuteNonQuery();
        }
        using var old = connection.CreateCommand();
        old.CommandText = "DELETE FROM UsageCount WHERE Day < $oldest";
        old.Parameters.AddWithValue("$oldest", Today - (int)options.UsageKeptFor.TotalDays);
        old.ExecuteNonQuery();
        transaction.Commit();
    }

    private int Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).DayNumber;

    [LoggerMessage(Level = LogLevel.Error, Message = "Usage counts could not be stored; while the process lives they are kept and stored later")]
    private partial void LogNotStored(Exception failure);

    private readonly record struct Key(string Account, int Day, UsageMeasure Measure, string Subject);

    /// <summary>Counts up until it is closed.</summary>
    private sealed class Counter
    {
        private const long Closed = long.MinValue / 2;
        private long _count;

        /// <returns>False when it was closed before; then nothing was added.</returns>
        public bool TryAdd(long count)
        {
            if (Interlocked.Add(ref _count, count) >= 0) return true;
            Interlocked.Add(ref _count, -count);
            return false;
        }

        public long Close() => Interlocked.Exchange(ref _count, Closed);
    }
}
