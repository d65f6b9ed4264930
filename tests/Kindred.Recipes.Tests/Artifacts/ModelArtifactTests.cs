using Kindred.Files;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Tests.Data;

namespace Kindred.Recipes.Tests.Artifacts;

public sealed class ModelArtifactTests : IDisposable
{
    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Open_Written_ServesEveryTensorAlignedFromTheMap()
    {
        using var artifact = ModelArtifact.Open(Write());
        using var lease = artifact.Lease();

        Assert.Equal("aws-sims", artifact.Recipe);
        Assert.Equal([1, 2, 3], artifact.Tensor<byte>("bytes").Span.ToArray());
        Assert.Equal([1.5f, float.NaN], artifact.Tensor<float>("floats").Span.ToArray());
        Assert.Equal([long.MaxValue], artifact.Tensor<long>("longs").Span.ToArray());
        Assert.Equal(["View", ""], artifact.Strings("names"));
        Assert.Equal("value", artifact.Metadata["fact"]);
    }

    [Fact]
    public void Open_AnyByteChanged_Throws()
    {
        var bytes = File.ReadAllBytes(Write());
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 0x20;
            File.WriteAllBytes(_temporary["damaged"], damaged);

            Assert.Throws<ModelArtifactException>(() => ModelArtifact.Open(_temporary["damaged"]).Dispose());
        }
    }

    [Fact]
    public void Open_AnyTruncation_Throws()
    {
        var bytes = File.ReadAllBytes(Write());
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(_temporary["short"], bytes[..length]);

            Assert.Throws<ModelArtifactException>(() => ModelArtifact.Open(_temporary["short"]).Dispose());
        }
    }

    [Fact]
    public void Open_AppendedTo_Throws()
    {
        File.WriteAllBytes(_temporary["long"], [.. File.ReadAllBytes(Write()), 0]);

        Assert.Throws<ModelArtifactException>(() => ModelArtifact.Open(_temporary["long"]));
    }

    [Fact]
    public void Open_ForeignFile_Throws()
    {
        File.WriteAllText(_temporary["foreign"], "USER_ID,ITEM_ID,TIMESTAMP\n1,2,3\n");

        Assert.Throws<ModelArtifactException>(() => ModelArtifact.Open(_temporary["foreign"]));
    }

    [Fact]
    public void Open_AnotherRecipesModel_Throws()
    {
        using var model = Models.Train("aws-popularity-count", PlantedShop.Create());
        File.WriteAllBytes(_temporary["model"], Models.Bytes(model));

        Assert.Throws<ModelArtifactException>(() => Models.Recipe("aws-sims").Open(ModelArtifact.Open(_temporary["model"])));
    }

    [Fact]
    public void Tensor_AfterDisposeUnderALease_IsStillThere()
    {
        var artifact = ModelArtifact.Open(Write());
        using (artifact.Lease())
        {
            artifact.Dispose();

            Assert.Equal(1.5f, artifact.Tensor<float>("floats").Span[0]);
        }
        Assert.Throws<ObjectDisposedException>(() => artifact.Lease().Dispose());
    }

    [Fact]
    public void Publish_WriterFails_LeavesTheOldFileAndNothingElse()
    {
        DurableFile.WriteAllAtomic(_temporary["model"], stream => stream.WriteByte(1));

        Assert.Throws<IOException>(() => DurableFile.WriteAllAtomic(_temporary["model"], stream =>
        {
            stream.WriteByte(2);
            throw new IOException("disk full");
        }));

        Assert.Equal([1], File.ReadAllBytes(_temporary["model"]));
        Assert.Single(Directory.GetFiles(_temporary.Folder));
    }

    private string Write()
    {
        var path = _temporary["artifact"];
        DurableFile.WriteAllAtomic(path, new ArtifactWriter("aws-sims")
            .Fact("fact", "value")
            .Tensor<byte>("bytes", new byte[] { 1, 2, 3 })
            .Tensor<float>("floats", new[] { 1.5f, float.NaN })
            .Tensor<long>("longs", new[] { long.MaxValue })
            .Strings("names", ["View", ""])
            .Save);
        return path;
    }
}
