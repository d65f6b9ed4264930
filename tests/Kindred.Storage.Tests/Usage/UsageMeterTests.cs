using Kindred.Contracts.Usage;
using Kindred.Storage.Sql;
using Kindred.Storage.State;
using Kindred.Storage.Usage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Storage.Tests.Usage;

public sealed class UsageMeterTests : IDisposable
{
    private const string Mine = "123456789012";
    private const string Theirs = "210987654321";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 27, 23, 59, 0, TimeSpan.Zero));
    private readonly StorageOptions _options;
    private readonly SqliteDatabase _database;
    private readonly WriterQueue _writers = new();

    public UsageMeterTests()
    {
        _options = new StorageOptions { DataPath = _folder.Path, UsageKeptFor = TimeSpan.FromDays(10) };
        _database = new SqliteDatabase(_options);
        new Migrator(_database, NullLogger<Migrator>.Instance).Run();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task Count_FromManyThreadsWhileItIsStored_LosesNothing_AndOutlivesTheProcess()
    {
        using (var meter = NewMeter())
        {
            var counting = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                for (var i = 0; i < 20_000; i++) meter.Count(Mine, UsageMeasure.Recommendations, i % 2 == 0 ? "a" : "b", 1);
            }, Stop)).ToArray();
            for (var i = 0; i < 20; i++) await meter.StoreAsync();
            await Task.WhenAll(counting);
            meter.Count(Theirs, UsageMeasure.Events, "t", 7);
            await meter.StopAsync(Stop);
        }

        using var next = NewMeter();
        Assert.Equal(
            [new UsageCount(Today, UsageMeasure.Recommendations, "a", 40_000), new UsageCount(Today, UsageMeasure.Recommendations, "b", 40_000)],
            await next.ReadAsync(Mine, Today, Today, Stop));
        Assert.Equal([new UsageCount(Today, UsageMeasure.Events, "t", 7)], await next.ReadAsync(Theirs, Today, Today, Stop));
    }

    [Fact]
    public async Task Count_OverMidnight_IsOfTwoDays_AndOldDaysGo()
    {
        using var meter = NewMeter();
        var first = Today;
        meter.Count(Mine, UsageMeasure.Events, "t", 1);
        _clock.Advance(TimeSpan.FromMinutes(2));
        meter.Count(Mine, UsageMeasure.Events, "t", 2);

        Assert.Equal([(first, 1L), (first.AddDays(1), 2L)],
            (await meter.ReadAsync(Mine, first, Today, Stop)).Select(count => (count.Day, count.Count)));
        Assert.Single(await meter.ReadAsync(Mine, Today, Today, Stop));

        _clock.Advance(TimeSpan.FromDays(11));
        meter.Count(Mine, UsageMeasure.Events, "t", 1);
        Assert.Equal(Today, Assert.Single(await meter.ReadAsync(Mine, first, Today, Stop)).Day);
    }

    public void Dispose()
    {
        _database.Dispose();
        _writers.Dispose();
        _folder.Dispose();
    }

    private UsageMeter NewMeter() => new(_database, _writers, _options, _clock, NullLogger<UsageMeter>.Instance);
}
