using System.Globalization;
using Kindred.Files.Csv;

namespace Kindred.Files.Tests.Csv;

public sealed class NumberTallyTests
{
    [Theory]
    [InlineData(400, 1, 1)]
    [InlineData(400, 300, 3)] // many gaps, few words
    [InlineData(4_000, 40, 40)] // many words, few of them
    public void IsNumeric_FewWordsOrSeldom_AreGaps(int numbers, int words, int different)
    {
        var tally = Tally(numbers, words, different);

        Assert.True(tally.IsNumeric);
        Assert.Equal((numbers, words, "word 0"), (tally.Numbers, tally.Words, tally.FirstWord));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(400, 400, 1)]
    [InlineData(400, 40, 40)]
    [InlineData(0, 400, 1)]
    public void IsNumeric_WordsAreTheRule_IsFalse(int numbers, int words, int different) => Assert.False(Tally(numbers, words, different).IsNumeric);

    [Theory]
    [InlineData("9.90", true)]
    [InlineData(" -1.5e3 ", true)]
    [InlineData("0", true)]
    [InlineData("0.5", true)]
    [InlineData("02139", false)] // a code
    [InlineData("00", false)]
    [InlineData("NaN", false)]
    [InlineData("1e999", false)]
    [InlineData("9,90", false)]
    [InlineData("N/A", false)]
    public void IsNumber_CodesAndWords_AreNone(string value, bool expected) => Assert.Equal(expected, NumberTally.IsNumber(value));

    [Theory]
    [InlineData("1700000000", 1_700_000_000L)]
    [InlineData("1700000000.0", 1_700_000_000L)]
    [InlineData("1.7e9", 1_700_000_000L)]
    [InlineData("-3", -3L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("1.5", null)]
    [InlineData("9223372036854775808", null)]
    [InlineData("1e400", null)]
    [InlineData("", null)]
    [InlineData("NaN", null)]
    [InlineData("1,700", null)]
    public void WholeNumber_AnySpelling_IsReadIfItIsWhole(string text, long? expected)
    {
        Assert.Equal(expected, WholeNumber.TryRead(text, out var number) ? number : null);
        Assert.Equal(expected, WholeNumber.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out number) ? number : null);
    }

    private static NumberTally Tally(int numbers, int words, int different)
    {
        var tally = new NumberTally();
        for (var i = 0; i < numbers; i++) tally.Add(i.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < words; i++) tally.Add($"word {i % different}");
        return tally;
    }
}
