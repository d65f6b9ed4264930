using Kindred.Recipes.Content;
using Kindred.Recipes.Tests.Data;

namespace Kindred.Recipes.Tests.Content;

/// <summary>Expectations by hand from BERT's reference, tokenization.py of google-research/bert.</summary>
public sealed class WordPiecesTests : IDisposable
{
    private static readonly string[] Lower = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "toy", "##s", "story", "!", "cafe", "漢", "字", "$", "_", "’", "Toy"];
    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("Toys story!", "toy ##s story !")]
    [InlineData("quark toy", "[UNK] toy")]
    [InlineData("CAFE", "cafe")]
    [InlineData("漢字toy", "漢 字 toy")]
    [InlineData("toy$toys", "toy $ toy ##s")]
    [InlineData("toy_toy’toy", "toy _ toy ’ toy")]
    [InlineData("toy€toy", "[UNK]")]
    [InlineData("toy\u200Bs \0toy\tstory\u00A0story", "toy ##s toy story story")]
    public void Encode_AnyText_IsAsTheReferenceDoes(string text, string expected) =>
        Assert.Equal(expected, Pieces(Lower[..^1], text));

    [Fact]
    public void Encode_VocabularyWithCapitals_KeepsThem() => Assert.Equal("Toy [UNK] toy", Pieces(Lower, "Toy TOY toy"));

    [Fact]
    public void Encode_LongWord_IsUnknown() => Assert.Equal("[UNK]", Pieces(Lower[..^1], "toy" + new string('s', 98)));

    private string Pieces(string[] vocabulary, string text)
    {
        File.WriteAllLines(_temporary["vocab.txt"], vocabulary);

        var ids = WordPieces.Read(_temporary["vocab.txt"]).Encode(text, 256);

        Assert.Equal((2, 3), (ids[0], ids[^1]));
        return string.Join(' ', ids[1..^1].Select(id => vocabulary[id]));
    }
}
