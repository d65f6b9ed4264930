using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Content;
using Kindred.Recipes.SemanticSimilarity;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Content;

public sealed class OnnxTextEncoderTests : IDisposable
{
    private const int Width = 3;
    private static readonly string[] Vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "toy", "##s", "story", "!"];
    private readonly Temporary _temporary = new();

    [Fact]
    public void Encode_Text_IsTheMeanOfItsPiecesScaledToOne()
    {
        using var encoder = new OnnxTextEncoder(Model(), VocabularyFile());

        var vectors = new float[3 * Width];
        encoder.Encode(["Toys story!", null, "quark"], vectors, CancellationToken.None);

        Assert.Equal(Width, encoder.Dimension);
        Assert.Equal(Mean(2, 4, 5, 6, 7, 3), vectors[..Width], (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.All(vectors[Width..(2 * Width)], value => Assert.Equal(0, value));
        Assert.Equal(Mean(2, 1, 3), vectors[(2 * Width)..], (x, y) => Math.Abs(x - y) < 1e-6);
    }

    [Fact]
    public void Encode_LongText_IsCut()
    {
        using var encoder = new OnnxTextEncoder(Model(), VocabularyFile());
        var vectors = new float[2 * Width];

        encoder.Encode(
            [string.Join(' ', Enumerable.Repeat("toy", 254)), string.Join(' ', Enumerable.Repeat("toy", 10_000))],
            vectors,
            CancellationToken.None);

        Assert.Equal(vectors[..Width], vectors[Width..]);
    }

    [Fact]
    public void New_FilesThatDoNotFit_SayWhy()
    {
        Write("empty.onnx", []);
        Write("other.onnx", OnnxFile.Lookup(Table(), Width, "tokens"));
        Write("extra.onnx", OnnxFile.Lookup(Table(), Width, "input_ids", "pixels"));
        Write("small.onnx", OnnxFile.Lookup(Table()[..(2 * Width)], Width, "input_ids"));
        File.WriteAllText(_temporary["words.txt"], "toy\nstory\n");

        Assert.Contains("does not exist", Fault("none.onnx"), StringComparison.Ordinal);
        Assert.Contains("is no ONNX model", Fault("empty.onnx"), StringComparison.Ordinal);
        Assert.Contains("has the inputs tokens; input_ids was expected", Fault("other.onnx"), StringComparison.Ordinal);
        Assert.Contains("has the input pixels", Fault("extra.onnx"), StringComparison.Ordinal);
        Assert.Contains("do the two files belong together?", Fault("small.onnx"), StringComparison.Ordinal);
        Assert.Contains("has no piece [CLS]", Fault("model.onnx", "words.txt"), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Fault("model.onnx", "none.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void SemanticSimilarity_WithTheCallersEncoder_TrainsSavesAndUpdates()
    {
        using var encoder = new OnnxTextEncoder(Model(), VocabularyFile());
        var recipe = new SemanticSimilarityRecipe(SolutionRecipes.SemanticSimilarity, encoder);
        var data = PlantedShop.WithItems(PlantedShop.Create(users: 50));

        using var model = recipe.Train(data, RecipeSettings.Defaults(recipe.Description), new TrainingRun(1, 2));
        File.WriteAllBytes(_temporary["model.kindred"], Models.Bytes(model));
        using var opened = recipe.Open(ModelArtifact.Open(_temporary["model.kindred"]));
        using var updated = recipe.Update(opened, data, RecipeSettings.Defaults(recipe.Description), new TrainingRun(1));

        Assert.Equal(Models.Bytes(model), Models.Bytes(opened));
        Assert.Equal(Models.Bytes(model), Models.Bytes(updated));
    }

    public void Dispose() => _temporary.Dispose();

    private static float[] Table() => [.. Enumerable.Range(0, Vocabulary.Length * Width).Select(i => MathF.Sin(i))];

    private static float[] Mean(params int[] pieces)
    {
        var mean = Enumerable.Range(0, Width).Select(k => pieces.Average(piece => (double)Table()[piece * Width + k])).ToArray();
        var norm = Math.Sqrt(mean.Sum(value => value * value));
        return [.. mean.Select(value => (float)(value / norm))];
    }

    private string Model() => Write("model.onnx", OnnxFile.Lookup(Table(), Width, "input_ids", "attention_mask", "token_type_ids"));

    private string VocabularyFile()
    {
        File.WriteAllLines(_temporary["vocab.txt"], Vocabulary);
        return _temporary["vocab.txt"];
    }

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(_temporary[name], bytes);
        return _temporary[name];
    }

    private string Fault(string model, string vocabulary = "vocab.txt")
    {
        Model();
        VocabularyFile();
        return Assert.Throws<InvalidDataException>(() => new OnnxTextEncoder(_temporary[model], _temporary[vocabulary])).Message;
    }
}
