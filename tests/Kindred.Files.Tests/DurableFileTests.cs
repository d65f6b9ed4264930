namespace Kindred.Files.Tests;

public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WriteAllAtomic_IntoAMissingFolder_MakesIt()
    {
        var path = _folder.At("a", "b", "file");

        DurableFile.WriteAllAtomic(path, stream => stream.Write([1, 2, 3]));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.At("a", "b")));
    }

    [Fact]
    public void WriteAllAtomic_ThatFailsHalfway_LeavesTheOldFileAlone()
    {
        var path = _folder.At("file");
        DurableFile.WriteAllAtomic(path, stream => stream.Write([1]));

        Assert.Throws<IOException>(() => DurableFile.WriteAllAtomic(path, stream =>
        {
            stream.Write([2, 2]);
            throw new IOException("The disk is full.");
        }));

        Assert.Equal([1], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void WriteAllAtomic_WhileAnotherReads_LeavesTheReaderItsOldFile()
    {
        var path = _folder.At("file");
        DurableFile.WriteAllAtomic(path, stream => stream.Write([1]));
        using var reader = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        DurableFile.WriteAllAtomic(path, stream => stream.Write([2]));

        Assert.Equal(1, reader.ReadByte());
        Assert.Equal([2], File.ReadAllBytes(path));
    }

    [Fact]
    public void DeleteTemporaries_AfterACrash_LeavesOnlyPublishedFiles()
    {
        DurableFile.WriteAllAtomic(_folder.At("deep", "kept"), _ => { });
        File.WriteAllText(DurableFile.TemporaryPathFor(_folder.At("deep", "kept")), "half");
        File.WriteAllText(DurableFile.TemporaryPathFor(_folder.At("new")), "half");
        File.WriteAllText(_folder.At("deep", ".model.kindred.0123456789abcdef0123456789abcdef.tmp"), "half, of the release before");

        DurableFile.DeleteTemporaries(_folder.Path);

        Assert.Equal([_folder.At("deep", "kept")], Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void FsyncDirectory_OfAMissingFolder_SaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no call that syncs a folder.");

        var failed = Assert.Throws<IOException>(() => DurableFile.FsyncDirectory(_folder.At("missing")));

        Assert.Contains(_folder.At("missing"), failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.kindred")]
    [InlineData("notes.tmp")]
    [InlineData(".hidden.tmp")]
    public void IsTemporary_OfAPublishedName_IsFalse(string name) => Assert.False(DurableFile.IsTemporary(name));

    [Fact]
    public void WriteAllAtomic_Cancelled_LeavesNothing()
    {
        using var cancelled = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() =>
            DurableFile.WriteAllAtomic(_folder.At("file"), _ => cancelled.Cancel(), cancelled.Token));

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }
}
