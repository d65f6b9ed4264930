using Kindred.Portal.Controls.Recommendations;
using Kindred.Serving.Explanations;
using Kindred.Serving.Readings;

namespace Kindred.Portal.Tests.Recommendations;

public sealed class WhyViewTests
{
    private static readonly Dictionary<string, ItemReading> Items = new() { ["a"] = new("a", "Heat", new Dictionary<string, string>()) };

    [Fact]
    public void Because_OfTwoThatWeighAlike_NamesBoth()
    {
        Assert.Equal("because of Heat and b", View(new("a", 1), new("b", 0.8)).Because);
        Assert.Equal("because of Heat", View(new("a", 1), new("b", 0.2)).Because);
        Assert.Null(View().Because);
    }

    [Fact]
    public void Members_ThatSpeakAgainstAnItem_AreLeftOut()
    {
        var view = new WhyView(new ItemExplanation("x", [new("transformer", 3), new("item-kNN", 1), new("popularity", -2)], []), Items);

        Assert.Equal([("transformer", 0.75), ("item-kNN", 0.25)], view.Members);
    }

    private static WhyView View(params PastItemWeight[] past) => new(new ItemExplanation("x", [], past), Items);
}
