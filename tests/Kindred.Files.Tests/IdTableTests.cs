using System.Text;
using CsCheck;

namespace Kindred.Files.Tests;

public class IdTableTests
{
    public static TheoryData<IdHash> Hashes => [.. Enum.GetValues<IdHash>()];

    [Theory, MemberData(nameof(Hashes))]
    public void Intern_AnyIds_AreFoundAgainAtTheirIndex(IdHash hash) =>
        Gen.String[0, 300].Where(id => id.All(char.IsAscii)).Array[0, 200].Sample(ids =>
        {
            var builder = new IdTableBuilder(hash);
            var distinct = new List<string>();
            foreach (var id in ids)
            {
                if (!distinct.Contains(id))
                    distinct.Add(id);
                Assert.Equal(distinct.IndexOf(id), builder.Intern(id));
            }

            var table = builder.Build();

            Assert.Equal(distinct.Count, table.Count);
            for (var index = 0; index < distinct.Count; index++)
            {
                Assert.Equal(distinct[index], table[index]);
                Assert.True(table.TryFind(distinct[index], out var found));
                Assert.Equal(index, found);
            }
            Assert.False(table.TryFind("\u0001 not there", out _));
        }, iter: 200, threads: 1);

    [Theory]
    [InlineData("ünïcode 漢字 🛒")]
    [InlineData("")]
    public void Intern_AnyScript_IsKept(string id)
    {
        var builder = new IdTableBuilder();
        builder.Intern(id);
        builder.Intern(new string('x', 256));

        var table = builder.Build();

        Assert.Equal(id, table[0]);
        Assert.True(table.TryFind(new string('x', 256), out var index));
        Assert.Equal(1, index);
    }

    [Fact]
    public void TryFind_EmptyTable_FindsNothing() => Assert.False(IdTable.Empty.TryFind("a", out _));

    [Theory]
    [InlineData(IdHash.Folded, "user-1", 1750003720u)]
    [InlineData(IdHash.Low, "user-1", 339273161u)]
    [InlineData(IdHash.Folded, "", 0x15D514C7u)]
    [InlineData(IdHash.Low, "", 0x38D394C2u)]
    // The empty input is in the test vectors of XXH3: 0x2D06800538D394C2.
    public void HashOf_IsWhatStoredFilesWereWrittenWith(IdHash hash, string id, uint expected) =>
        Assert.Equal(expected, IdColumns.HashOf(Encoding.UTF8.GetBytes(id), hash));
}
