using Bunit;
using Kindred.Portal.Controls.Charts;

namespace Kindred.Portal.Tests.Controls;

public sealed class LineChartTests : BunitContext
{
    [Fact]
    public void LineChart_NamesWithMarkup_ShowsThemAsText()
    {
        var chart = Render<LineChart>(p => p
            .Add(c => c.Label, "<b id=x>label</b>")
            .Add(c => c.Lines, [new Series("<b id=x>one</b>", [(1, 2), (2, 3)]), new Series("two", [(1, 1), (2, 5)])]));

        Assert.Empty(chart.FindAll("#x"));
        Assert.Contains("<b id=x>one</b>", chart.Find(".k-legend").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void LineChart_AnyLines_HasTheNumbersAndASummaryBesideThePicture()
    {
        var chart = Render<LineChart>(p => p
            .Add(c => c.Label, "Events per day").Add(c => c.XName, "Rank")
            .Add(c => c.Lines, [new Series("events", [(1, 20), (2, 1234), (3, 5)])]));

        Assert.Equal(["1", "2", "3"], chart.FindAll(".k-data tbody th").Select(cell => cell.TextContent));
        Assert.Equal(["20", "1,234", "5"], chart.FindAll(".k-data tbody td").Select(cell => cell.TextContent));
        Assert.Equal("Events per day. events: from 20 to 5, highest 1,234.", chart.Find(".k-area").GetAttribute("aria-label"));
    }

    [Fact]
    public void LineChart_ManyPoints_TakesNoMoreReadingsThanItMay()
    {
        var chart = Render<LineChart>(p => p
            .Add(c => c.Label, "x").Add(c => c.MaxReadings, 90)
            .Add(c => c.Lines, [new Series("y", [.. Enumerable.Range(0, 10_000).Select(i => ((double)i, (double)i))])]));

        Assert.InRange(chart.FindAll(".k-hit").Count, 45, 91);
    }

    [Fact]
    public void LineChart_NoPoints_SaysSo() =>
        Assert.Contains("No numbers yet", Render<LineChart>(p => p.Add(c => c.Label, "x").Add(c => c.Lines, [new Series("y", [])])).Markup, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 7, 4)]
    [InlineData(0.028, 0.21, 4)]
    [InlineData(-3, 3, 4)]
    [InlineData(5, 5, 4)]
    public void Nice_AnyEnds_CoversThemWithRoundTicks(double low, double high, int ticks)
    {
        var scale = Scale.Nice(low, high, ticks);

        Assert.True(scale.Min <= low && scale.Max >= high && scale.Max > scale.Min);
        Assert.InRange(scale.Ticks(ticks).Count, 2, 2 * ticks);
    }

    [Fact]
    public void IntervalTable_RowsWithoutAValue_ShowADash()
    {
        var table = Render<IntervalTable>(p => p
            .Add(c => c.Label, "Versions").Add(c => c.Metrics, ["NDCG@10", "Coverage"])
            .Add(c => c.Rows, [new IntervalRow("v1", null, "1", [new Interval(0.2, 0.18, 0.22), null], IsBaseline: true)]));

        Assert.Equal(["0.200 ± 0.020", "–"], table.FindAll("td").Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
    }
}
