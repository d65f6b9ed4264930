using CsCheck;
using Kindred.Storage.Import;
using Kindred.Contracts.Refusals;
using Kindred.Storage.Snapshots;
using Kindred.Storage.Tests.Import;

namespace Kindred.Storage.Tests.Snapshots;

public sealed class UserHistoryTests
{
    private const string Header = "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE,DEVICE\n";

    private static readonly Gen<(int User, int Item, int Time, int Type)[]> Rows = Gen.Select(
        Gen.Int[0, 12], Gen.Int[0, 6], Gen.Int[0, 9], Gen.Int[0, 2]).Array[1, 300];

    [Fact]
    public async Task Build_MoreIdsThanMemoryIsGranted_IsRefusedAndLeavesNoFile()
    {
        using var folder = new TemporaryFolder();
        var segment = await SegmentAsync(folder, [.. Enumerable.Range(0, 5_000).Select(i => (i, i, 1, 0))]);

        var refusal = Assert.Throws<RefusedException>(() => UserHistory.Build(folder.At("h.kds"), [segment], default, mostIdBytes: 100_000));

        Assert.Equal(RefusalCode.LimitExceeded, refusal.Code);
        Assert.Contains("10,000 different users and items", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public Task TryGet_EveryUser_EqualsBruteForceGrouping() => Gen.Select(Rows, Gen.Int[1, 8]).SampleAsync(async (rows, most) =>
    {
        using var folder = new TemporaryFolder();
        var half = rows.Length / 2;
        var segments = new List<string>();
        foreach (var part in new[] { rows[..half], rows[half..] }.Where(p => p.Length > 0)) segments.Add(await SegmentAsync(folder, part));

        UserHistory.Build(folder.At("h.kds"), segments, default, most);

        using var history = UserHistory.Open(folder.At("h.kds"));
        Assert.Equal(rows.Select(r => r.User).Distinct().Count(), history.UserCount);
        foreach (var user in rows.GroupBy(r => r.User))
        {
            // Distinct keeps the first of equal rows, and OrderBy is stable.
            var expected = user.Distinct().OrderBy(r => r.Time).TakeLast(most).Select(r => $"i{r.Item} {r.Time} t{r.Type}");
            Assert.True(history.TryGet("u" + user.Key, out var events));
            var actual = new List<string>();
            for (var i = 0; i < events.Count; i++)
                actual.Add($"{history.ItemIds[events.Items[i]]} {events.Timestamps[i]} {history.EventTypes[events.EventTypes[i]]}");
            Assert.Equal(expected, actual);
        }
        Assert.False(history.TryGet("nobody", out _));
    }, iter: 100);

    [Fact]
    public void Build_NoSegments_GivesAnEmptyHistory()
    {
        using var folder = new TemporaryFolder();

        UserHistory.Build(folder.At("h.kds"), [], default);

        using var history = UserHistory.Open(folder.At("h.kds"));
        Assert.Equal(0, history.UserCount);
        Assert.False(history.TryGet("u", out _));
        Assert.Single(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public async Task Open_DamagedHeaderOrLength_IsRefused()
    {
        using var folder = new TemporaryFolder();
        UserHistory.Build(folder.At("h.kds"), [await SegmentAsync(folder, [(1, 2, 3, 0)])], default);
        var whole = await File.ReadAllBytesAsync(folder.At("h.kds"));

        for (var at = 0; at < SnapshotHeader.Size; at += 7)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x10;
            await File.WriteAllBytesAsync(folder.At("h.kds"), damaged);
            Assert.Throws<InvalidDataException>(() => UserHistory.Open(folder.At("h.kds")));
        }
        foreach (var length in (int[])[0, 10, SnapshotHeader.Size, whole.Length - 1])
        {
            await File.WriteAllBytesAsync(folder.At("h.kds"), whole[..length]);
            Assert.Throws<InvalidDataException>(() => UserHistory.Open(folder.At("h.kds")));
        }
    }

    [Fact]
    public async Task TryGet_AfterDispose_Throws()
    {
        using var folder = new TemporaryFolder();
        UserHistory.Build(folder.At("h.kds"), [await SegmentAsync(folder, [(1, 2, 3, 0)])], default);
        var history = UserHistory.Open(folder.At("h.kds"));

        history.Dispose();

        Assert.Throws<ObjectDisposedException>(() => history.TryGet("u1", out _));
    }

    private static async Task<string> SegmentAsync(TemporaryFolder folder, (int User, int Item, int Time, int Type)[] rows)
    {
        var csv = Header + string.Concat(rows.Select(r => $"u{r.User},i{r.Item},{r.Time},t{r.Type},,\n"));
        var outcome = await CsvImporter.ImportAsync(Importing.Job(folder, Importing.Text(csv)), null, default);
        return folder.At(outcome.Segments[0].Path);
    }
}
