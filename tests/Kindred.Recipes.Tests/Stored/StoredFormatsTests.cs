using System.Text;
using Kindred.Files;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;
using Kindred.Testing;

namespace Kindred.Recipes.Tests.Stored;

/// <summary>
/// How model artifacts, training sets and checkpoints lie in their files. A new layout takes a new version; this one stays readable.
/// </summary>
public sealed class StoredFormatsTests
{
    [Fact]
    public void Artifact_IsWrittenAsItAlwaysWas()
    {
        var ids = new IdTableBuilder();
        ids.Intern("a");
        using var file = new MemoryStream();

        new ArtifactWriter("aws-sims").Fact("fact", "value").Ids("ids", ids.Build())
            .Tensor<float>("floats", new[] { 1f, 2f }, columns: 2).Save(file);

        Assert.Equal(1, ModelArtifact.SchemaVersion);
        var bytes = file.ToArray();
        var header = BitConverter.ToInt32(bytes);
        Assert.Equal(
            """
            {"__metadata__":{"checksum":"xxh3:bae6fc84ab1388b7","format":"kindred-model","schema_version":"1",
            "fact":"value","recipe":"aws-sims"},
            "ids.ends":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},
            "floats":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]},
            "ids.slots":{"dtype":"I32","shape":[2],"data_offsets":[16,24]},
            "ids.utf8":{"dtype":"U8","shape":[1],"data_offsets":[24,25]}}
            """.ReplaceLineEndings(""),
            Encoding.UTF8.GetString(bytes, sizeof(long), header).TrimEnd());
        Assert.Equal(
            "0100000000000000" + "0000803F00000040" + "0000000001000000" + "61",
            Convert.ToHexString(bytes.AsSpan(sizeof(long) + header)));
    }

    /// <summary>A model from before repeats were told by event type and by item, and its scores then.</summary>
    [Fact]
    public void Open_EnsembleOfTheReleaseBefore_ScoresBitEqualAndKeepsItsRule()
    {
        var path = Path.Combine(RepositoryPaths.Root, "tests", "Kindred.Recipes.Tests", "Stored", "ensemble-without-habits.kindred");
        using var model = Models.Recipe("kindred-ensemble").Open(ModelArtifact.Open(path));

        var scores = Models.Score(
            model, [.. new[] { 7, 3, 5, 3, 11, 3, 9 }.Select((item, time) => Models.Event(model, $"i{item}", time) with { EventType = 0 })]);

        Assert.Equal("recent popularity + popularity", model.Rung);
        Assert.False(model.PlacesMetItems); // shown after all others, until it is trained again
        Assert.Equal(
            [
                -1.9161892f, -1.7459977f, -1.3321669f, -1.3188949f, -1.6636237f, -1.556229f, -1.4930437f, -1.8920047f, 0.5483008f, -1.8397673f,
                -1.7459977f, -1.190026f,
            ],
            scores);
    }
}
