using Kindred.Host.Logs;

namespace Kindred.EndToEnd.Tests.Host;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("Größe 5 of Ann's 日本", "Größe 5 of Ann's 日本")]
    [InlineData("\u001b[2Jgone", @"\u001b[2Jgone")]
    [InlineData("a\u202eb\u2066c", @"a\u202eb\u2066c")]
    [InlineData("a\u2028b\u0007", @"a\u2028b\u0007")]
    public void Of_TextOfClients_ShowsWhatItHolds(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));
}
