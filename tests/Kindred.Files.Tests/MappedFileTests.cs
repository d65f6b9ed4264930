using System.Buffers.Binary;

namespace Kindred.Files.Tests;

public sealed class MappedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Memory_AndColumn_ShowTheElementsAtTheirPlace()
    {
        using var file = MappedFile.Open(Write(7, 8, 9));

        Assert.Equal([8L, 9L], file.Memory<long>(8, 2).Span.ToArray());
        Assert.Equal(9, file.Column<long>(8, 16)[1]);
        Assert.Equal([7L, 8L], file.Column<long>(0, 24).Slice(0, 2).ToArray());
    }

    [Theory]
    [InlineData(-8, 1)]
    [InlineData(0, 4)]
    [InlineData(24, 1)]
    [InlineData(long.MaxValue, 1)]
    public void Memory_OutsideTheFile_IsRefused(long offset, int count)
    {
        using var file = MappedFile.Open(Write(7, 8, 9));

        Assert.Throws<ArgumentOutOfRangeException>(() => file.Memory<long>(offset, count));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Column<long>(offset, 8L * count));
    }

    [Fact]
    public void Dispose_WhileSomebodyHolds_UnmapsWhenThatOneLeaves()
    {
        var file = MappedFile.Open(Write(7));
        var memory = file.Memory<long>(0, 1);
        var hold = file.Acquire();

        file.Dispose();

        Assert.Equal(7, memory.Span[0]);
        hold.DangerousRelease();
        // Without the check this would end the process, and the test run with it.
        Assert.Throws<ObjectDisposedException>(() => memory.Span[0]);
        Assert.Throws<ObjectDisposedException>(file.ThrowIfUnmapped);
        Assert.Throws<ObjectDisposedException>(file.Acquire);
    }

    [Fact]
    public void Open_OfAnEmptyFile_NamesIt()
    {
        var refused = Assert.Throws<InvalidDataException>(() => MappedFile.Open(Write()));

        Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
    }

    private string Write(params long[] values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        var path = _folder.At(Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
