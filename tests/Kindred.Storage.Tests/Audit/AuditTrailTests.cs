using Kindred.Contracts.Audit;
using Kindred.Storage.Audit;
using Kindred.Storage.Sql;
using Kindred.Storage.State;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Storage.Tests.Audit;

public sealed class AuditTrailTests : IDisposable
{
    private const string Mine = "123456789012";
    private const string Theirs = "210987654321";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero));
    private readonly SqliteDatabase _database;
    private readonly WriterQueue _writers = new();
    private readonly AuditTrail _trail;

    public AuditTrailTests()
    {
        var options = new StorageOptions { DataPath = _folder.Path, AuditKeptFor = TimeSpan.FromDays(30) };
        _database = new SqliteDatabase(options);
        new Migrator(_database, NullLogger<Migrator>.Instance).Run();
        _trail = new AuditTrail(_database, _writers, options, _clock);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_GivesATenantsOwnEntries_NewestFirst_PageByPage()
    {
        for (var i = 0; i < 5; i++)
        {
            await RecordAsync(Mine, $"keys:Create{i}");
            await RecordAsync(Theirs, "keys:Create");
        }

        var first = await _trail.ReadAsync(Mine, new AuditQuery { Limit = 3 }, Stop);
        var second = await _trail.ReadAsync(Mine, new AuditQuery { Limit = 3, Before = first[^1].Number }, Stop);

        Assert.Equal(["keys:Create4", "keys:Create3", "keys:Create2"], first.Select(entry => entry.Event.Action));
        Assert.Equal(["keys:Create1", "keys:Create0"], second.Select(entry => entry.Event.Action));
        Assert.Equal(_clock.GetUtcNow(), first[0].At);
    }

    [Theory]
    [InlineData("DELETEcampaign", 1)]
    [InlineData("ann", 2)]
    [InlineData("192.0.2", 2)]
    [InlineData("100%", 0)]
    public async Task Read_WithAText_FindsItInActorActionTargetAndOrigin(string text, int found)
    {
        await _trail.RecordAsync(new AuditEvent(Mine, "person/Ann", "personalize:DeleteCampaign") { Origin = "192.0.2.7" }, Stop);
        await _trail.RecordAsync(new AuditEvent(Mine, "access-key/K", "keys:Create") { Target = "Joanna", Origin = "192.0.2.8" }, Stop);

        Assert.Equal(found, (await _trail.ReadAsync(Mine, new AuditQuery { Text = text }, Stop)).Count);
    }

    [Fact]
    public async Task Record_LongDetails_AreCut_AndOldEntriesGo()
    {
        await _trail.RecordAsync(new AuditEvent(Mine, "a", "old") { After = new string('x', 100_000) }, Stop);
        Assert.Equal(AuditEvent.MaxDetailLength, (await _trail.ReadAsync(Mine, new AuditQuery(), Stop))[0].Event.After!.Length);

        _clock.Advance(TimeSpan.FromDays(31));
        for (var i = 0; i <= AuditTrail.EntriesBetweenSweeps; i++) await RecordAsync(Theirs, "new");

        Assert.Empty(await _trail.ReadAsync(Mine, new AuditQuery(), Stop));
        var last = (await _trail.ReadAsync(Theirs, new AuditQuery { Limit = 1 }, Stop))[0];
        Assert.Equal(AuditTrail.EntriesBetweenSweeps + 2, last.Number);
    }

    [Fact]
    public async Task Read_BetweenTwoMoments_LeavesOutTheRest()
    {
        foreach (var action in (string[])["a", "b", "c"])
        {
            await RecordAsync(Mine, action);
            _clock.Advance(TimeSpan.FromHours(1));
        }
        var start = _clock.GetUtcNow().AddHours(-3);

        var found = await _trail.ReadAsync(Mine, new AuditQuery { From = start.AddHours(1), Until = start.AddHours(2) }, Stop);

        Assert.Equal("b", Assert.Single(found).Event.Action);
    }

    public void Dispose()
    {
        _database.Dispose();
        _writers.Dispose();
        _folder.Dispose();
    }

    private Task RecordAsync(string account, string action) => _trail.RecordAsync(new AuditEvent(account, "person/ann", action), Stop);
}
