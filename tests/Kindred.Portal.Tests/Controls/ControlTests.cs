using Bunit;
using Kindred.Portal.Controls;
using Kindred.Portal.Controls.Charts;

namespace Kindred.Portal.Tests.Controls;

public sealed class ControlTests : BunitContext
{
    private const string Markup = "<img id=x src=y onerror=alert(1)>";

    public ControlTests() => JSInterop.Mode = JSRuntimeMode.Loose;

    [Fact]
    public void TypedNameDialog_AnyTextButTheName_KeepsTheButtonDisabled()
    {
        var confirmed = 0;
        var dialog = Render<TypedNameDialog>(p => p
            .Add(c => c.Title, "Delete").Add(c => c.Name, "shop").Add(c => c.Text, "All goes.").Add(c => c.Open, true).Add(c => c.OnConfirmed, () => confirmed++));

        foreach (var typed in (string[])["", "Shop", "shop ", "sho"])
        {
            dialog.Find("#typed-name").Input(typed);
            Assert.True(dialog.Find(".k-btn-danger").HasAttribute("disabled"), typed);
        }

        dialog.Find("#typed-name").Input("shop");
        dialog.Find(".k-btn-danger").Click();
        Assert.Equal(1, confirmed);

        dialog.Render(p => p.Add(c => c.Open, false));
        dialog.Render(p => p.Add(c => c.Open, true));
        Assert.True(dialog.Find(".k-btn-danger").HasAttribute("disabled")); // what was typed for another is not there
    }

    [Fact]
    public void TypedNameDialog_WhileItIsBusy_CannotBeConfirmedAgain()
    {
        var dialog = Render<TypedNameDialog>(p => p
            .Add(c => c.Title, "Delete").Add(c => c.Name, "shop").Add(c => c.Text, "All goes.").Add(c => c.Open, true).Add(c => c.IsBusy, true));

        dialog.Find("#typed-name").Input("shop");

        Assert.True(dialog.Find(".k-btn-danger").HasAttribute("disabled"));
    }

    [Fact]
    public void Tables_NamesWithMarkup_ShowThemAsText()
    {
        var bars = Render<BarTable>(p => p.Add(c => c.Label, Markup).Add(c => c.Rows, [(Markup, 2), ("none", 0)]));
        var intervals = Render<IntervalTable>(p => p
            .Add(c => c.Label, Markup).Add(c => c.Metrics, [Markup]).Add(c => c.Rows, [new IntervalRow(Markup, Markup, "1", [new Interval(1, 0, 2)], IsBaseline: false)]));
        var spark = Render<Sparkline>(p => p.Add(c => c.Label, Markup).Add(c => c.Values, [1, 2]));

        Assert.Equal(0, bars.FindAll("img").Count + intervals.FindAll("img").Count + spark.FindAll("img").Count);
        Assert.Equal(Markup, bars.Find("th").TextContent);
    }

    [Fact]
    public void IntervalTable_NothingTrained_ShowsItsHeadAlone()
    {
        var table = Render<IntervalTable>(p => p.Add(c => c.Label, "Versions").Add(c => c.Metrics, ["NDCG@10"]).Add(c => c.Rows, []));

        Assert.Equal(["Version", "NDCG@10"], table.FindAll("thead th").Select(cell => cell.TextContent));
        Assert.Empty(table.FindAll("tbody tr"));
    }
}
