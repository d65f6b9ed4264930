using Kindred.Storage.Durability;
using Orleans.Storage;

namespace Kindred.Storage.Tests.State;

public sealed class GrainStorageTests : IAsyncLifetime
{
    private const string StateName = "ledger/state";
    private static readonly GrainId Some = GrainId.Create("ledger", "some");

    private readonly TemporaryFolder _folder = new();
    private TestSilo _silo = null!;

    public async ValueTask InitializeAsync() => _silo = await TestSilo.StartAsync(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Write_OfANewState_IsReadBackWithItsETag()
    {
        var written = new GrainState<LedgerState>(new LedgerState { Sum = 7, Entries = ["a", "b"] });
        await _silo.Storage.WriteStateAsync(StateName, Some, written);

        var read = await ReadAsync(Some);

        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal(7, read.State!.Sum);
        Assert.Equal(["a", "b"], read.State.Entries);
    }

    [Fact]
    public async Task Read_OfNothing_SaysThatNoRecordExists()
    {
        var read = await ReadAsync(Some);

        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
    }

    [Fact]
    public async Task Write_WithAStaleETag_IsRefusedAndChangesNothing()
    {
        await _silo.Storage.WriteStateAsync(StateName, Some, new GrainState<LedgerState>(new LedgerState { Sum = 1 }));
        var (first, second) = (await ReadAsync(Some), await ReadAsync(Some));
        first.State = new LedgerState { Sum = 2 };
        second.State = new LedgerState { Sum = 3 };
        await _silo.Storage.WriteStateAsync(StateName, Some, first);

        await Assert.ThrowsAsync<InconsistentStateException>(() => _silo.Storage.WriteStateAsync(StateName, Some, second));

        Assert.Equal(2, (await ReadAsync(Some)).State!.Sum);
    }

    [Fact]
    public async Task Write_OfANewStateOverAnother_IsRefused()
    {
        await _silo.Storage.WriteStateAsync(StateName, Some, new GrainState<LedgerState>(new LedgerState { Sum = 1 }));

        await Assert.ThrowsAsync<InconsistentStateException>(() =>
            _silo.Storage.WriteStateAsync(StateName, Some, new GrainState<LedgerState>(new LedgerState { Sum = 9 })));

        Assert.Equal(1, (await ReadAsync(Some)).State!.Sum);
    }

    [Fact]
    public async Task Clear_WithAStaleETag_IsRefused()
    {
        await _silo.Storage.WriteStateAsync(StateName, Some, new GrainState<LedgerState>(new LedgerState { Sum = 1 }));
        var stale = await ReadAsync(Some);
        var newer = await ReadAsync(Some);
        await _silo.Storage.WriteStateAsync(StateName, Some, newer);

        await Assert.ThrowsAsync<InconsistentStateException>(() => _silo.Storage.ClearStateAsync(StateName, Some, stale));
    }

    [Fact]
    public async Task Clear_ThenWriteAgain_StartsAFreshRow()
    {
        var grain = _silo.Grains.GetGrain<ILedgerGrain>("cleared");
        await grain.AddAsync(5);

        await grain.ClearAsync();
        var listed = await _silo.Catalog.ScanAsync<LedgerState>(StateName, "cleared", null, 10, default);
        var sum = await grain.AddAsync(2);

        Assert.Empty(listed);
        Assert.Equal(2, sum);
        Assert.Equal(2, (await ReadAsync(GrainId.Create("ledger", "cleared"))).State!.Sum);
    }

    [Fact]
    public async Task Write_OfTwoGrainTypesWithOneStateNameAndKey_KeepsTwoRows()
    {
        var ledger = _silo.Grains.GetGrain<ILedgerGrain>("same");
        var journal = _silo.Grains.GetGrain<IJournalGrain>("same");

        await ledger.AddAsync(5);

        Assert.Equal(100, await journal.AddAsync(100));
        Assert.Equal(6, await ledger.AddAsync(1));
    }

    [Theory]
    [InlineData("123456789012")]
    [InlineData("1")]
    [InlineData("01")]
    [InlineData("c0ffee00c0ffee00c0ffee00c0ffee00")]
    [InlineData("a+b")]
    public async Task Write_UnderAKeyThatLooksLikeANumber_IsListedUnderThatKey(string key)
    {
        await _silo.Grains.GetGrain<ILedgerGrain>(key).AddAsync(key.Length);

        var listed = await _silo.Catalog.ScanAsync<LedgerState>(StateName, key, null, 10, default);

        Assert.Equal([(key, key.Length)], listed.Select(e => (e.Key, e.State.Sum)));
    }

    [Fact]
    public async Task Reminder_Registered_IsFoundAfterARestart()
    {
        var grain = _silo.Grains.GetGrain<ILedgerGrain>("reminded");
        await grain.AddAsync(3);
        await grain.RemindAsync("resume");
        await grain.RemindAsync("expire");
        await grain.ForgetAsync("expire");
        await _silo.DisposeAsync();

        _silo = await TestSilo.StartAsync(_folder.Path);

        grain = _silo.Grains.GetGrain<ILedgerGrain>("reminded");
        Assert.Equal(["resume"], await grain.RemindersAsync());
        Assert.Equal(3, await grain.SumAsync());
    }

    [Fact]
    public async Task Start_OnAFolderInUse_NamesTheFolder()
    {
        var refused = await Assert.ThrowsAsync<DataFolderException>(() => TestSilo.StartAsync(_folder.Path));

        Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("another Kindred process", refused.Message, StringComparison.Ordinal);
    }

    private async Task<GrainState<LedgerState>> ReadAsync(GrainId id)
    {
        var state = new GrainState<LedgerState>(new LedgerState());
        await _silo.Storage.ReadStateAsync(StateName, id, state);
        return state;
    }
}
