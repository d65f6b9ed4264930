using Kindred.Contracts.Arns;
using Kindred.Grains.Files;
using Kindred.Storage;
using Kindred.Storage.Artifacts;
using Kindred.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kindred.Grains.Tests.Files;

public sealed class DataFilesTests : IDisposable
{
    private static readonly Arn Group = Arn.DatasetGroup("us-east-1", "100000000000", "shop");
    private readonly TemporaryFolder _data = new();
    private readonly DataFiles _files;

    public DataFilesTests()
    {
        _files = new DataFiles(new LocalArtifactStore(new StorageOptions { DataPath = _data.Path }), NullLogger<DataFiles>.Instance);
        File.WriteAllText(_data.At("old"), "");
    }

    public void Dispose() => _data.Dispose();

    [Fact]
    public void DeleteWhenUnread_WithoutReaders_DeletesNow()
    {
        _files.DeleteWhenUnread(Group, ["old", "absent"]);

        Assert.False(File.Exists(_data.At("old")));
    }

    [Fact]
    public void DeleteWhenUnread_WithReaders_WaitsForTheLast()
    {
        var (first, second) = (_files.Read(Group), _files.Read(Group));
        _files.DeleteWhenUnread(Group, ["old"]);

        first.Dispose();
        first.Dispose(); // twice counts once
        Assert.True(File.Exists(_data.At("old")));
        second.Dispose();
        Assert.False(File.Exists(_data.At("old")));
    }

    [Fact]
    public void DeleteWhenUnread_WithReadersOfAnotherGroup_DeletesNow()
    {
        using var elsewhere = _files.Read(Arn.DatasetGroup("us-east-1", "100000000000", "other"));

        _files.DeleteWhenUnread(Group, ["old"]);

        Assert.False(File.Exists(_data.At("old")));
    }
}
