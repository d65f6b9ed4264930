using System.Text;
using CsCheck;
using Kindred.Contracts.Arns;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Tests.Segments;

public sealed class SegmentTests
{
    private const int Rows = 300_000; // more than one row group

    private static readonly Gen<string?> Text = Gen.OneOf(
        Gen.Const((string?)null), Gen.Int[0, 3].Select(i => (string?)$"{i}"), Gen.Const((string?)"naïve 文字 😀"), Gen.String.AlphaNumeric.Select(s => (string?)$"x{s}"));

    private static readonly Gen<(string? A, string? B, string? C)> Texts = Gen.Select(Text, Text, (a, b) => (a, b, (string?)null));

    [Fact]
    public async Task Read_SeveralRowGroups_GivesEveryRowInOrder()
    {
        using var folder = new TemporaryFolder();
        var path = await WriteAsync(folder, Rows);

        var (next, batches) = (0, 0);
        InteractionSegments.Read([path], batch =>
        {
            batches++;
            for (var i = 0; i < batch.Count; i++, next++)
            {
                Assert.Equal($"u{next % 1000}", batch.UserIds[batch.Users[i]]);
                Assert.Equal($"i{next % 77}", batch.ItemIds[batch.Items[i]]);
                Assert.Equal(next, batch.Timestamps[i]);
                Assert.Equal(next % 2 == 0 ? -1 : 0, batch.EventTypes[i]);
                Assert.Equal(next % 3 == 0 ? float.NaN : next, batch.EventValues[i]);
            }
        }, default);

        Assert.Equal((Rows, 15), (next, batches));
    }

    [Fact]
    public Task Read_AnyTextsAndGaps_GivesThemBack() => Texts.Array[1, 40].SampleAsync(async rows =>
    {
        using var folder = new TemporaryFolder();
        await using var writer = New(folder, ["A", "B", "C"]);
        foreach (var (a, b, alwaysNull) in rows)
        {
            writer.Rows.SetText(0, a);
            writer.Rows.SetText(1, b);
            writer.Rows.SetText(2, alwaysNull);
            writer.Rows.EndRow();
        }
        writer.Rows.SetText(0, "of a row that was never ended");
        var path = folder.At((await writer.CompleteAsync("", default)).Path);

        var read = new List<(string?, string?, string?)>();
        var segment = new SegmentRows("ITEMS", ["A", "B", "C"]);
        segment.Visit([path], row => read.Add((segment.Text(0, row), segment.Text(1, row), segment.Text(2, row))), default);
        Assert.Equal(rows, read);
        Assert.DoesNotContain("never ended", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path)), StringComparison.Ordinal);
    }, iter: 300);

    [Fact]
    public async Task Read_DamagedOrCutFile_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var path = await WriteAsync(folder, 500);
        var whole = await File.ReadAllBytesAsync(path);

        for (var at = 0; at < whole.Length; at += 11)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x20;
            await File.WriteAllBytesAsync(path, at % 2 == 0 ? damaged : whole[..at]);

            Assert.Throws<InvalidDataException>(() => InteractionSegments.Read([path], static _ => { }, default));
        }
    }

    [Fact]
    public void Read_MissingFile_SaysSo() =>
        Assert.ThrowsAny<IOException>(() => InteractionSegments.Read(["/nowhere/x.parquet"], static _ => { }, default));

    private static async Task<string> WriteAsync(TemporaryFolder folder, int rows)
    {
        var file = SegmentFile.New(Arn.DatasetGroup("us-east-1", "123456789012", "shop"), "INTERACTIONS", sequence: 1);
        var artifacts = new LocalArtifactStore(new StorageOptions { DataPath = folder.Path });
        await using var writer = SegmentWriter.Create(
            artifacts, file, "INTERACTIONS", ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE", "EVENT_VALUE"]);
        for (var i = 0; i < rows; i++)
        {
            writer.Rows.SetText(0, $"u{i % 1000}");
            writer.Rows.SetText(1, $"i{i % 77}");
            writer.Rows.SetTimestamp(2, i);
            writer.Rows.SetText(3, i % 2 == 0 ? null : "View");
            writer.Rows.SetValue(4, i % 3 == 0 ? null : i);
            writer.Rows.EndRow();
            writer.FlushIfFull();
        }
        var reference = await writer.CompleteAsync("", default);
        Assert.Equal(rows, reference.RowCount);
        return folder.At(reference.Path);
    }

    private static SegmentWriter New(TemporaryFolder folder, string[] columns)
    {
        var file = SegmentFile.New(Arn.DatasetGroup("us-east-1", "123456789012", "shop"), "INTERACTIONS", sequence: 1);
        return SegmentWriter.Create(new LocalArtifactStore(new StorageOptions { DataPath = folder.Path }), file, "INTERACTIONS", columns);
    }
}
