using CsCheck;
using Kindred.Storage.Events;
using static Kindred.Storage.Tests.Events.Samples;

namespace Kindred.Storage.Tests.Events;

public sealed class EventStoreTests
{
    private static EventStore Open(TemporaryFolder folder, long rollAtBytes = 64 << 20, FaultyDisk? disk = null, int maxOpenFiles = 256) =>
        new(folder.Path, (disk ?? new FaultyDisk()).Open, rollAtBytes, maxOpenFiles);

    [Fact]
    public Task Replay_AfterReopening_GivesExactlyWhatWasAppended() => AnyRecord.Array[1, 4].Array[1, 20].SampleAsync(async batches =>
    {
        using var folder = new TemporaryFolder();
        var expected = batches.SelectMany(b => b).Select((record, position) => $"{position} {Text(record)}").ToList();

        await using (var store = Open(folder, rollAtBytes: 500))
            foreach (var batch in batches) await store.AppendAsync(Group, batch, default);

        await using var reopened = Open(folder, rollAtBytes: 500);
        Assert.Equal(expected, ReplayAll(reopened));
        Assert.Equal(expected.Count, reopened.EndPosition(Group));
        Assert.Equal(expected.Skip(expected.Count / 2), ReplayAll(reopened, expected.Count / 2));
    }, iter: 40);

    [Fact]
    public async Task Open_FileCutAtAnyByte_KeepsEveryWholeBatchAndTakesAppendsAgain()
    {
        using var folder = new TemporaryFolder();
        var ends = new List<long>();
        var path = folder.At("events", Group.Account, Group.Name, new string('0', 19) + ".log");
        await using (var store = Open(folder))
        {
            for (var i = 0; i < 5; i++)
            {
                await store.AppendAsync(Group, [View("u", "i" + i, i), View("v", "i" + i, i)], default);
                ends.Add(new FileInfo(path).Length);
            }
        }
        var whole = await File.ReadAllBytesAsync(path);

        for (var cut = LogFolder.HeaderLength; cut < whole.Length; cut++)
        {
            await File.WriteAllBytesAsync(path, whole[..cut]);
            var intact = 2 * ends.Count(end => end <= cut);

            await using var store = Open(folder);
            Assert.Equal(intact, ReplayAll(store).Count);
            Assert.Equal(intact, await store.AppendAsync(Group, [View("w", "i", 9)], default));
            Assert.EndsWith(Text(View("w", "i", 9)), ReplayAll(store)[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Append_DiskFull_FailsAndLeavesNothing_ThenGoesOnWhenThereIsRoom()
    {
        using var folder = new TemporaryFolder();
        var disk = new FaultyDisk();
        await using var store = Open(folder, disk: disk);
        await store.AppendAsync(Group, [View("a", "1", 1)], default);

        disk.BytesLeft = 30;
        await Assert.ThrowsAsync<IOException>(() => store.AppendAsync(Group, [View("b", "2", 2)], default).AsTask());
        disk.BytesLeft = long.MaxValue;
        var position = await store.AppendAsync(Group, [View("c", "3", 3)], default);

        Assert.Equal(1, position);
        Assert.Equal([$"0 {Text(View("a", "1", 1))}", $"1 {Text(View("c", "3", 3))}"], ReplayAll(store));
    }

    [Fact]
    public async Task Append_SyncFails_FailsAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var disk = new FaultyDisk();
        await using var store = Open(folder, disk: disk);
        await store.AppendAsync(Group, [View("a", "1", 1)], default);

        disk.FailsSync = true;
        await Assert.ThrowsAsync<IOException>(() => store.AppendAsync(Group, [View("b", "2", 2)], default).AsTask());
        disk.FailsSync = false;

        Assert.Equal(1, await store.AppendAsync(Group, [View("c", "3", 3)], default));
        Assert.Equal(2, ReplayAll(store).Count);
    }

    [Fact]
    public async Task DropBelow_SomePosition_DropsWholeFilesOnlyAndPositionsGoOn()
    {
        using var folder = new TemporaryFolder();
        await using (var store = Open(folder, rollAtBytes: 300))
        {
            for (var i = 0; i < 20; i++) await store.AppendAsync(Group, [View("u", "i", i)], default);

            store.DropBelow(Group, 11);

            Assert.Equal(20, ReplayAll(store).Count + FirstPosition(store));
            Assert.InRange(FirstPosition(store), 1, 11);
            Assert.Equal(9, ReplayAll(store, 11).Count);
            store.DropBelow(Group, 20);
            Assert.Empty(ReplayAll(store));
        }

        await using var reopened = Open(folder);
        Assert.Equal(20, await reopened.AppendAsync(Group, [View("u", "i", 20)], default));
    }

    [Fact]
    public async Task Append_MoreGroupsThanHandles_KeepsEveryGroupApart()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder, maxOpenFiles: 3);
        var groups = Enumerable.Range(0, 10).Select(i => Contracts.Arns.Arn.DatasetGroup("us-east-1", "123456789012", "g" + i)).ToList();

        for (var round = 0; round < 3; round++)
            foreach (var group in groups) Assert.Equal(round, await store.AppendAsync(group, [View("u", group.Name, round)], default));

        foreach (var group in groups) store.Replay(group, 0, (_, record) => Assert.Equal(group.Name, ((StreamedEvent)record).ItemId));
    }

    [Fact]
    public async Task Delete_GroupWithRecords_StartsAgainAtZero()
    {
        using var folder = new TemporaryFolder();
        await using var store = Open(folder);
        await store.AppendAsync(Group, [View("u", "i", 1)], default);

        await store.DeleteAsync(Group);

        Assert.Empty(ReplayAll(store));
        Assert.Equal(0, store.EndPosition(Group));
        Assert.Equal(0, await store.AppendAsync(Group, [View("u", "i", 1)], default));
    }

    [Fact]
    public async Task Replay_DamageBeforeTheNewestFile_IsReportedNotSkipped()
    {
        using var folder = new TemporaryFolder();
        await using (var store = Open(folder, rollAtBytes: 300))
            for (var i = 0; i < 9; i++) await store.AppendAsync(Group, [View("u", "i", i)], default);
        var path = folder.At("events", Group.Account, Group.Name, new string('0', 19) + ".log");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[40] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        await using var reopened = Open(folder, rollAtBytes: 300);
        Assert.Throws<InvalidDataException>(() => ReplayAll(reopened));
    }

    private static long FirstPosition(EventStore store)
    {
        long? first = null;
        store.Replay(Group, 0, (position, _) => first ??= position);
        return first ?? -1;
    }
}
