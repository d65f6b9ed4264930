using Kindred.Portal.Controls.Recommendations;
using Kindred.Serving.Readings;

namespace Kindred.Portal.Tests.Recommendations;

public sealed class ActionWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, "At any time")]
    [InlineData(null, "7", "Again after 7 days")]
    [InlineData("1893456000", null, "Until 1 Jan 2030")]
    [InlineData("1893456000", "1", "Until 1 Jan 2030, again the day after")]
    [InlineData("1600000000", "7", "Over since 13 Sep 2020")]
    [InlineData("1e300", null, "At any time")]
    public void Offered_SaysWhenAnActionMayBeShown(string? ends, string? repeat, string words) =>
        Assert.Equal(words, Words(("EXPIRATION_TIMESTAMP", ends), ("REPEAT_FREQUENCY", repeat)).Offered);

    [Fact]
    public void Note_IsWhatElseIsKnown_WithoutAddresses()
    {
        var words = Words(("NAME", "Join"), ("KIND", "offer|news"), ("VALUE", "5"), ("IMAGE_URL", "https://pictures.example/a.jpg"));

        Assert.Equal(("offer, news", "5"), (words.Note, words.Worth));
        Assert.Null(Words(("VALUE", "5")).Note);
    }

    private static ActionWords Words(params (string Column, string? Value)[] values)
    {
        var known = values.Where(v => v.Value is not null).ToDictionary(v => v.Column, v => v.Value!);
        return new ActionWords(new ItemReading("join", known.GetValueOrDefault("NAME"), known), Now);
    }
}
