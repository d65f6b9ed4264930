using Kindred.Recipes.Content;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Content;

public class TextTests
{
    [Theory]
    [InlineData("Toy Story", "toy  STORY!", true)]
    [InlineData("Ärger über Öl", "ÄRGER ÜBER ÖL", true)]
    [InlineData("naïve", "nai\u0308ve", false)] // not normalised: a mark counts as part of its word
    [InlineData("well-known", "well known", true)]
    [InlineData("abc1", "abc 1", false)]
    [InlineData("東京の本", "東京の木", false)]
    public void Add_TwoTexts_HaveTheSameTermsOrNot(string one, string other, bool expected) =>
        Assert.Equal(expected, Terms(one).SequenceEqual(Terms(other)));

    [Fact]
    public void Add_ScriptWithoutSpaces_GivesSinglesAndPairs() => Assert.Equal([.. Terms("東"), .. Terms("東京")[1..]], Terms("東京"));

    [Theory, InlineData(""), InlineData(" !? "), InlineData("\ud800"), InlineData(null)]
    public void Add_NoWords_GivesNoTerms(string? text) => Assert.Empty(Terms(text));

    [Fact]
    public void Add_EndlessWord_IsCut() => Assert.Single(Terms(new string('x', 100_000)));

    [Fact]
    public void Encode_TextsOfTwoThemes_AreNearerToTheirOwn()
    {
        var encoder = HashedTextEncoder.Learn(Themes(), 8, new TrainingRun(1, 2));

        var vectors = Encode(encoder, "red leather shoe for running", "blue suede boot and shoe", "green garden chair of wood", "never seen", null);

        float Cosine(int one, int other) => System.Numerics.Tensors.TensorPrimitives.Dot<float>(vectors[one], vectors[other]);
        Assert.Equal(1, Cosine(0, 0), 1e-5);
        Assert.True(Cosine(0, 1) > Cosine(0, 2) + 0.2, $"{Cosine(0, 1)} against {Cosine(0, 2)}");
        Assert.All(vectors[3..], vector => Assert.All(vector, value => Assert.Equal(0, value)));
    }

    [Fact]
    public void Learn_AnyThreads_GivesTheSameVectors()
    {
        var one = Encode(HashedTextEncoder.Learn(Themes(), 8, new TrainingRun(1)), Themes()[3]);
        var three = Encode(HashedTextEncoder.Learn(Themes(), 8, new TrainingRun(1, 3)), Themes()[3]);

        Assert.Equal(one, three);
    }

    [Theory, InlineData(0), InlineData(1)]
    public void Learn_HardlyAnyTexts_GivesZeros(int count)
    {
        var encoder = HashedTextEncoder.Learn([.. Enumerable.Repeat("a b", count), null, ""], 8, new TrainingRun(1));

        Assert.All(Encode(encoder, "a b")[0], value => Assert.Equal(0, value));
    }

    private static string[] Themes()
    {
        string[] shoes = ["shoe", "boot", "leather", "suede", "lace", "sole", "running"];
        string[] garden = ["garden", "chair", "wood", "plant", "pot", "lawn", "fence"];
        var random = new Random(1);
        return
        [
            .. Enumerable.Range(0, 200).Select(i =>
            {
                var words = i % 2 == 0 ? shoes : garden;
                return string.Join(
                    ' ',
                    Enumerable.Range(0, 6).Select(_ => words[random.Next(words.Length)])
                        .Append(new[] { "red", "green", "blue" }[random.Next(3)]));
            }),
        ];
    }

    private static float[][] Encode(HashedTextEncoder encoder, params string?[] texts)
    {
        var vectors = new float[texts.Length * encoder.Dimension];
        encoder.Encode(texts, vectors, CancellationToken.None);
        return [.. Enumerable.Range(0, texts.Length).Select(i => vectors[(i * encoder.Dimension)..((i + 1) * encoder.Dimension)])];
    }

    private static List<ulong> Terms(string? text)
    {
        var hashes = new List<ulong>();
        TextTokens.Add(text, hashes);
        return hashes;
    }
}
