using Kindred.Contracts.Arns;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Segments;

namespace Kindred.Storage.Tests.Segments;

public sealed class SegmentTests
{
    private const int Rows = 300_000; // more than one row group

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
        await using var writer = await SegmentWriter.CreateAsync(
            artifacts, file, "INTERACTIONS", ["USER_ID", "ITEM_ID", "TIMESTAMP", "EVENT_TYPE", "EVENT_VALUE"], default);
        for (var i = 0; i < rows; i++)
        {
            writer.Rows.SetText(0, $"u{i % 1000}");
            writer.Rows.SetText(1, $"i{i % 77}");
            writer.Rows.SetTimestamp(2, i);
            writer.Rows.SetText(3, i % 2 == 0 ? null : "View");
            writer.Rows.SetValue(4, i % 3 == 0 ? null : i);
            writer.Rows.EndRow();
            await writer.FlushIfFullAsync(default);
        }
        var reference = await writer.CompleteAsync("", default);
        Assert.Equal(rows, reference.RowCount);
        return folder.At(reference.Path);
    }
}
