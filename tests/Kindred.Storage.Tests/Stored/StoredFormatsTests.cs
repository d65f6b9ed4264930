using System.Text;
using Kindred.Files;
using Kindred.Storage.Events;
using Kindred.Storage.Snapshots;

namespace Kindred.Storage.Tests.Stored;

/// <summary>
/// What the files of a data folder begin with, and how records lie in them. A new layout takes a new version; these stay readable.
/// </summary>
public sealed class StoredFormatsTests
{
    [Fact]
    public void Snapshots_HaveTheirMagicKindAndVersion()
    {
        var header = new SnapshotHeader { Kind = 1, Version = 1, Sections = [(256, 8)] }.Encode(264);

        Assert.Equal("KNDKDS01", Encoding.ASCII.GetString(header.AsSpan(0, 8)));
        Assert.Equal(
            "01000000" + "01000000" + "0801000000000000" + "01000000" + "00000000" + "0001000000000000" + "0800000000000000",
            Convert.ToHexString(header.AsSpan(8, 40)));
        Assert.Equal((1, 1), (UserHistory.Kind, UserHistory.Version));
        Assert.Equal((2, 2, 1), (ItemCatalog.Kind, ItemCatalog.Version, ItemCatalog.OldestVersion));
        Assert.Equal(long.MinValue, ItemCatalog.NoTime);
        Assert.Equal(["Plain=0", "Categories=1", "Numbers=2"], Enum.GetValues<ColumnForm>().Select(form => $"{form}={(int)form}"));
    }

    [Fact]
    public void EventLogs_HaveTheirMagic() => Assert.Equal("KEVLOG\x01\n", Encoding.ASCII.GetString(LogFolder.Magic));

    [Fact]
    public void Records_LieInALogAsTheyAlwaysHave()
    {
        var output = new ByteBuffer();

        RecordEncoder.Encode(
        [
            new StreamedEvent("u", "s", "e", "View", 2.5f, "i", DateTimeOffset.FromUnixTimeMilliseconds(1), null, "r", ["a", "b"], "x"),
            new StreamedItem("i", "{}"),
            new StreamedUser("u", null),
        ], output);

        Assert.Equal(
            "02030123027502730265055669657702690000204001000000000000000002720278030261026202050269037B7D0303027500",
            Convert.ToHexString(output.Written));
    }

    [Fact]
    public void Frames_AreSealedByCrc32C() => Assert.Equal(0xE3069283, Crc32C.Of("123456789"u8));
}
