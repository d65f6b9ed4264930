using Kindred.Files;
using Kindred.Storage.Events;
using static Kindred.Storage.Tests.Events.Samples;

namespace Kindred.Storage.Tests.Events;

/// <summary>The bytes of frames, made by hand: what lies on disks must stay readable, and what is written must be what they say.</summary>
public sealed class RecordLayoutTests
{
    private const string FileName = "0000000000000000000.log";

    private static readonly StreamedRecord[] Records =
    [
        new StreamedEvent(
            "ann", "s1", "e1", "View", 2.5f, "boots", DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), """{"device":"phone"}""",
            "r-7", ["boots", "lamp"], "mail"),
        new StreamedEvent(null, "s2", "e2", "Click", null, null, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_001_000), null, null, null, null),
        new StreamedItem("boots", """{"price":1}"""),
        new StreamedUser("ann", null),
    ];

    private const string Version1 =
        "840000005305fce701040104616e6e037331036531055669657706626f6f7473000020407b68e5cf8b010000137b22646576" +
        "696365223a2270686f6e65227d04722d37056d61696c0306626f6f7473056c616d70010003733203653206436c69636b0000" +
        "00c0ffe86be5cf8b010000000000000206626f6f74730c7b227072696365223a317d0304616e6e00";

    private const string Version2 =
        "8800000054e8ab640204014904616e6e037331036531055669657706626f6f7473000020407b68e5cf8b010000137b226465" +
        "76696365223a2270686f6e65227d04722d37056d61696c0306626f6f7473056c616d70011e0003733203653206436c69636b" +
        "000000c0ffe86be5cf8b01000000000000021206626f6f74730c7b227072696365223a317d030504616e6e00";

    /// <summary>By a release to come: a record of kind 9, an item with a member that items do not have yet, another of kind 9.</summary>
    private const string Newer =
        "e200000024c7cf95020309c80178787878787878787878787878787878787878787878787878787878787878787878787878" +
        "7878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878" +
        "7878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878" +
        "7878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878787878" +
        "787878787878787878787878780211056c616d70000b6e6577206d656d6265720900";

    [Fact]
    public void Of_EveryKind_WritesVersion2() => Assert.Equal(Version2, Convert.ToHexStringLower(Frame.Of(Records)));

    /// <summary>Kinds that came later have the bodies of those they are like, and numbers of their own.</summary>
    [Fact]
    public async Task Actions_AreWrittenAndReadLikeItemsAndEvents()
    {
        StreamedRecord[] records = [new StreamedAction("join", """{"value":1}"""), new StreamedActionInteraction((StreamedEvent)Records[1])];
        using var folder = new TemporaryFolder();
        await using var log = await OpenAsync(folder, Convert.ToHexStringLower(Frame.Of(records)));

        Assert.Equal([.. records.Select((record, position) => $"{position} {Text(record)}")], await ReplayAllAsync(log));
        Assert.Contains("0411056a6f696e0c7b2276616c7565223a317d05", Convert.ToHexStringLower(Frame.Of(records)), StringComparison.Ordinal);
    }

    [Theory, InlineData(Version1), InlineData(Version2)]
    public async Task Read_EitherVersion_GivesWhatWasWritten_AndAppendsGoOn(string frame)
    {
        using var folder = new TemporaryFolder();
        await using var log = await OpenAsync(folder, frame);

        Assert.Equal(4, await log.AppendAsync(Group, [View("u", "i", 9)], default));

        Assert.Equal([.. Records.Append(View("u", "i", 9)).Select((record, position) => $"{position} {Text(record)}")], await ReplayAllAsync(log));
        Assert.Equal(0, log.PassedOver);
    }

    [Fact]
    public async Task Read_RecordsOfANewerRelease_PassesThemOverAndCountsThem()
    {
        using var folder = new TemporaryFolder();
        var logger = new CollectingLogger();
        await using var log = await OpenAsync(folder, Newer, logger);
        await log.AppendAsync(Group, [View("u", "i", 9)], default);

        var read = await ReplayAllAsync(log);
        await ReplayAllAsync(log, from: 1);

        Assert.Equal([$"1 {Text(new StreamedItem("lamp", null))}", $"3 {Text(View("u", "i", 9))}"], read);
        Assert.Equal(4, await log.EndPositionAsync(Group, default));
        Assert.Equal(2 + 1, log.PassedOver);
        Assert.Contains("kind 9", Assert.Single(logger.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_UnknownKindInVersion1_IsReported_ForNobodyKnowsItsLength()
    {
        using var folder = new TemporaryFolder();
        await using var log = new DiskEventLog(new StorageOptions { DataPath = folder.Path });
        byte[] payload = [1, 1, 9, 0];
        await WriteAsync(folder, FrameOf(payload));

        await Assert.ThrowsAsync<InvalidDataException>(() => ReplayAllAsync(log));
    }

    private static async Task<DiskEventLog> OpenAsync(TemporaryFolder folder, string frame, CollectingLogger? logger = null)
    {
        await WriteAsync(folder, Convert.FromHexString(frame));
        return new DiskEventLog(folder.Path, static path => new DiskLogFile(path), logger: logger);
    }

    private static async Task WriteAsync(TemporaryFolder folder, byte[] frame)
    {
        Directory.CreateDirectory(folder.At("events", Group.Account, Group.Name));
        await File.WriteAllBytesAsync(folder.At("events", Group.Account, Group.Name, FileName), [.. "KEVLOG\u0001\n"u8, .. frame]);
    }

    private static byte[] FrameOf(byte[] payload)
    {
        var length = BitConverter.GetBytes(payload.Length);
        return [.. length, .. BitConverter.GetBytes(Crc32C.Of([.. length, .. payload])), .. payload];
    }
}
