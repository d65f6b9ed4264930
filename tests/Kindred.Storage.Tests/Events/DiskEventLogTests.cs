using CsCheck;
using Kindred.Storage.Durability;
using Kindred.Storage.Events;
using static Kindred.Storage.Tests.Events.Samples;

namespace Kindred.Storage.Tests.Events;

public sealed class DiskEventLogTests
{
    private static async Task<DiskEventLog> OpenAsync(
        TemporaryFolder folder, long rollAtBytes = 64 << 20, FaultyDisk? disk = null, int maxOpenFiles = 256)
    {
        var log = new DiskEventLog(folder.Path, (disk ?? new FaultyDisk()).Open, rollAtBytes, maxOpenFiles);
        await log.CreateAsync(Group, default);
        return log;
    }

    [Fact]
    public Task Replay_AfterReopening_GivesExactlyWhatWasAppended() => AnyRecord.Array[1, 4].Array[1, 20].SampleAsync(async batches =>
    {
        using var folder = new TemporaryFolder();
        var expected = batches.SelectMany(b => b).Select((record, position) => $"{position} {Text(record)}").ToList();

        await using (var store = await OpenAsync(folder, rollAtBytes: 500))
            foreach (var batch in batches) await store.AppendAsync(Group, batch, default);

        await using var reopened = await OpenAsync(folder, rollAtBytes: 500);
        Assert.Equal(expected, await ReplayAllAsync(reopened));
        Assert.Equal(expected.Count, await reopened.EndPositionAsync(Group, default));
        Assert.Equal(expected.Skip(expected.Count / 2), await ReplayAllAsync(reopened, expected.Count / 2));
    }, iter: 40);

    [Fact]
    public async Task Open_FileCutAtAnyByte_KeepsEveryWholeBatchAndTakesAppendsAgain()
    {
        using var folder = new TemporaryFolder();
        var ends = new List<long>();
        var path = folder.At("events", Group.Account, Group.Name, new string('0', 19) + ".log");
        await using (var store = await OpenAsync(folder))
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

            await using var store = await OpenAsync(folder);
            Assert.Equal(intact, (await ReplayAllAsync(store)).Count);
            Assert.Equal(intact, await store.AppendAsync(Group, [View("w", "i", 9)], default));
            Assert.EndsWith(Text(View("w", "i", 9)), (await ReplayAllAsync(store))[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Append_DiskFull_FailsAndLeavesNothing_ThenGoesOnWhenThereIsRoom()
    {
        using var folder = new TemporaryFolder();
        var disk = new FaultyDisk();
        await using var store = await OpenAsync(folder, disk: disk);
        await store.AppendAsync(Group, [View("a", "1", 1)], default);

        disk.BytesLeft = 30;
        await Assert.ThrowsAsync<IOException>(() => store.AppendAsync(Group, [View("b", "2", 2)], default).AsTask());
        disk.BytesLeft = long.MaxValue;
        var position = await store.AppendAsync(Group, [View("c", "3", 3)], default);

        Assert.Equal(1, position);
        Assert.Equal([$"0 {Text(View("a", "1", 1))}", $"1 {Text(View("c", "3", 3))}"], await ReplayAllAsync(store));
    }

    [Fact]
    public async Task Append_SyncFails_FailsAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var disk = new FaultyDisk();
        await using var store = await OpenAsync(folder, disk: disk);
        await store.AppendAsync(Group, [View("a", "1", 1)], default);

        disk.FailsSync = true;
        await Assert.ThrowsAsync<IOException>(() => store.AppendAsync(Group, [View("b", "2", 2)], default).AsTask());
        disk.FailsSync = false;

        Assert.Equal(1, await store.AppendAsync(Group, [View("c", "3", 3)], default));
        Assert.Equal(2, (await ReplayAllAsync(store)).Count);
    }

    [Fact]
    public async Task DropBelow_SomePosition_DropsWholeFilesOnlyAndPositionsGoOn()
    {
        using var folder = new TemporaryFolder();
        await using (var store = await OpenAsync(folder, rollAtBytes: 300))
        {
            for (var i = 0; i < 20; i++) await store.AppendAsync(Group, [View("u", "i", i)], default);

            await store.DropBelowAsync(Group, 11, default);

            Assert.Equal(20, (await ReplayAllAsync(store)).Count + await FirstPositionAsync(store));
            Assert.InRange(await FirstPositionAsync(store), 1, 11);
            Assert.Equal(9, (await ReplayAllAsync(store, 11)).Count);
            await store.DropBelowAsync(Group, 20, default);
            Assert.Empty(await ReplayAllAsync(store));
        }

        await using var reopened = await OpenAsync(folder);
        Assert.Equal(20, await reopened.AppendAsync(Group, [View("u", "i", 20)], default));
    }

    [Fact]
    public async Task Append_MoreGroupsThanHandles_KeepsEveryGroupApart()
    {
        using var folder = new TemporaryFolder();
        await using var store = await OpenAsync(folder, maxOpenFiles: 3);
        var groups = Enumerable.Range(0, 10).Select(i => Contracts.Arns.Arn.DatasetGroup("us-east-1", "123456789012", "g" + i)).ToList();

        foreach (var group in groups) await store.CreateAsync(group, default);

        for (var round = 0; round < 3; round++)
            foreach (var group in groups) Assert.Equal(round, await store.AppendAsync(group, [View("u", group.Name, round)], default));

        foreach (var group in groups)
            await store.ReadAsync(group, 0, (_, record) => Assert.Equal(group.Name, ((StreamedEvent)record).ItemId), default);
    }

    [Fact]
    public async Task Delete_GroupWithRecords_StartsAgainAtZero()
    {
        using var folder = new TemporaryFolder();
        await using var store = await OpenAsync(folder);
        await store.AppendAsync(Group, [View("u", "i", 1)], default);

        await store.DeleteAsync(Group, default);
        await store.DeleteAsync(Group, default); // what is gone already is no fault
        await Assert.ThrowsAsync<EventLogMissingException>(() => ReplayAllAsync(store));
        await store.CreateAsync(Group, default);

        Assert.Empty(await ReplayAllAsync(store));
        Assert.Equal(0, await store.EndPositionAsync(Group, default));
        Assert.Equal(0, await store.AppendAsync(Group, [View("u", "i", 1)], default));
    }

    [Fact]
    public async Task Replay_DamageBeforeTheNewestFile_IsReportedNotSkipped()
    {
        using var folder = new TemporaryFolder();
        await using (var store = await OpenAsync(folder, rollAtBytes: 300))
            for (var i = 0; i < 9; i++) await store.AppendAsync(Group, [View("u", "i", i)], default);
        var path = folder.At("events", Group.Account, Group.Name, new string('0', 19) + ".log");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[40] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        await using var reopened = await OpenAsync(folder, rollAtBytes: 300);
        await Assert.ThrowsAsync<InvalidDataException>(() => ReplayAllAsync(reopened));
    }

    [Fact]
    public async Task AnyCall_LogThatWasNeverMade_ThrowsAndMakesNone()
    {
        using var folder = new TemporaryFolder();
        await using var log = new DiskEventLog(new StorageOptions { DataPath = folder.Path });

        var missing = await Assert.ThrowsAsync<EventLogMissingException>(() => log.AppendAsync(Group, [View("u", "i", 1)], default).AsTask());
        await Assert.ThrowsAsync<EventLogMissingException>(() => ReplayAllAsync(log));
        await Assert.ThrowsAsync<EventLogMissingException>(() => log.EndPositionAsync(Group, default).AsTask());
        await Assert.ThrowsAsync<EventLogMissingException>(() => log.DropBelowAsync(Group, 0, default));

        Assert.Contains(Group.ToString(), missing.Message, StringComparison.Ordinal);
        Assert.Contains(folder.At("events", Group.Account, Group.Name), missing.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.At("events")));
    }

    [Fact]
    public async Task AnyCall_FolderMovedAwayFromAnOpenLog_ThrowsUntilItIsBack()
    {
        using var folder = new TemporaryFolder();
        await using var log = await OpenAsync(folder);
        await log.AppendAsync(Group, [View("u", "a", 1)], default);
        var (place, away) = (folder.At("events", Group.Account, Group.Name), folder.At("away"));

        Directory.Move(place, away);
        await Assert.ThrowsAsync<EventLogMissingException>(() => log.AppendAsync(Group, [View("u", "b", 2)], default).AsTask());
        await Assert.ThrowsAsync<EventLogMissingException>(() => ReplayAllAsync(log, from: 1)); // there is nothing from 1 on; that is not the answer
        await Assert.ThrowsAsync<EventLogMissingException>(() => log.EndPositionAsync(Group, default).AsTask());
        Directory.Move(away, place);

        Assert.Equal(1, await log.AppendAsync(Group, [View("u", "c", 3)], default));
        Assert.Equal([$"0 {Text(View("u", "a", 1))}", $"1 {Text(View("u", "c", 3))}"], await ReplayAllAsync(log));
    }

    [Fact]
    public async Task AnyCall_AnOlderLogInItsPlace_Throws()
    {
        using var folder = new TemporaryFolder();
        await using var log = await OpenAsync(folder, rollAtBytes: 300);
        for (var i = 0; i < 9; i++) await log.AppendAsync(Group, [View("u", "i", i)], default);
        var files = Directory.GetFiles(folder.At("events", Group.Account, Group.Name)).Order(StringComparer.Ordinal).ToList();

        File.Delete(files[^1]);

        await Assert.ThrowsAsync<EventLogMissingException>(() => log.AppendAsync(Group, [View("u", "i", 10)], default).AsTask());
        await Assert.ThrowsAsync<EventLogMissingException>(() => ReplayAllAsync(log));
        await using var reopened = new DiskEventLog(new StorageOptions { DataPath = folder.Path }); // knows nothing but what callers know
        await Assert.ThrowsAsync<EventLogMissingException>(() => ReplayAllAsync(reopened, from: 9));
        await Assert.ThrowsAsync<EventLogMissingException>(() => reopened.DropBelowAsync(Group, 9, default));
    }

    [Fact]
    public async Task Adopt_FolderOfTheReleaseBefore_MakesWhatIsMissingOnceOnly()
    {
        using var folder = new TemporaryFolder();
        var silent = Contracts.Arns.Arn.DatasetGroup("us-east-1", "123456789012", "silent");
        await using var log = await OpenAsync(folder);
        await log.AppendAsync(Group, [View("u", "a", 1)], default);

        await log.AdoptAsync([Group, silent], default);
        Assert.Equal((1, 0), (await log.EndPositionAsync(Group, default), await log.EndPositionAsync(silent, default)));
        Directory.Delete(folder.At("events"), recursive: true);
        await log.AdoptAsync([Group, silent], default);

        await Assert.ThrowsAsync<EventLogMissingException>(() => ReplayAllAsync(log));
        await Assert.ThrowsAsync<EventLogMissingException>(() => log.EndPositionAsync(silent, default).AsTask());
        await File.WriteAllTextAsync(folder.At("events.format"), "3\n");
        await Assert.ThrowsAsync<DataFolderException>(() => log.AdoptAsync([], default));
    }

    private static async Task<long> FirstPositionAsync(DiskEventLog store)
    {
        long? first = null;
        await store.ReadAsync(Group, 0, (position, _) => first ??= position, default);
        return first ?? -1;
    }
}
