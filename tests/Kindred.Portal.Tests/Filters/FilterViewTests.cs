using Kindred.Portal.Components.Pages.Filters;
using Kindred.Portal.Controls.Filters;
using Kindred.Serving.Filters;
using Kindred.Storage.Schemas;

namespace Kindred.Portal.Tests.Filters;

public sealed class FilterViewTests
{
    private static readonly Dictionary<string, ParsedSchema> Schemas = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ITEMS"] = ParsedSchema.Parse("""
            {"type":"record","name":"Items","namespace":"x","version":"1.0","fields":[{"name":"ITEM_ID","type":"string"},
            {"name":"GENRE","type":["null","string"],"categorical":true},{"name":"PRICE","type":["null","float"]},
            {"name":"ABOUT","type":["null","string"],"textual":true},{"name":"IS_NEW","type":["null","boolean"]}]}
            """),
        ["INTERACTIONS"] = ParsedSchema.Parse("""
            {"type":"record","name":"Interactions","namespace":"x","version":"1.0","fields":[{"name":"USER_ID","type":"string"},
            {"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},{"name":"EVENT_TYPE","type":"string"}]}
            """),
    };

    [Fact]
    public void Starts_OfAProject_AreRightAndSayWhatTheyPromise()
    {
        var help = FilterHelp.Of(Schemas);

        Assert.Equal(4, help.Starts.Count);
        Assert.All(help.Starts, start => Assert.NotNull(FilterCheck.Of(start.Expression, Schemas).Expression));
    }

    [Fact]
    public void Words_OfAProject_AreThoseThatAnExpressionCanTest()
    {
        var words = FilterHelp.Of(Schemas).Groups.SelectMany(group => group.Words).ToArray();

        Assert.Contains("Items.GENRE", words);
        Assert.Contains("Interactions.EVENT_TYPE", words);
        Assert.DoesNotContain("Items.ABOUT", words);
        Assert.DoesNotContain("Items.IS_NEW", words);
        Assert.DoesNotContain(words, word => word.StartsWith("CurrentUser", StringComparison.Ordinal)); // there is no dataset of users
    }

    [Fact]
    public void Help_OfAProjectWithActions_KnowsThemToo()
    {
        var schemas = new Dictionary<string, ParsedSchema>(Schemas, StringComparer.OrdinalIgnoreCase)
        {
            ["ACTIONS"] = ParsedSchema.Parse("""
                {"type":"record","name":"Actions","namespace":"x","version":"1.0","fields":[{"name":"ACTION_ID","type":"string"},
                {"name":"KIND","type":["null","string"],"categorical":true}]}
                """),
            ["ACTION_INTERACTIONS"] = ParsedSchema.Parse("""
                {"type":"record","name":"ActionInteractions","namespace":"x","version":"1.0","fields":[{"name":"USER_ID","type":"string"},
                {"name":"ACTION_ID","type":"string"},{"name":"EVENT_TYPE","type":"string"},{"name":"TIMESTAMP","type":"long"}]}
                """),
        };

        var help = FilterHelp.Of(schemas);

        Assert.Superset(
            new HashSet<string> { "INCLUDE ActionID WHERE", "Actions.KIND", "Action_Interactions.EVENT_TYPE" },
            help.Groups.SelectMany(group => group.Words).ToHashSet());
        Assert.All(help.Starts, start => Assert.NotNull(FilterCheck.Of(start.Expression, schemas).Expression));
        Assert.Contains(help.Starts, start => start.Expression.Contains("ActionID", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("INCLUDE ItemID WHERE Items.GENRES = \"x\"", "Items.GENRES")]
    [InlineData("INCLUDE ItemID WHERE Items.GENRE = Comedy", "Comedy")]
    [InlineData("INCLUDE ItemID WHERE Items.GENRE", " ")] // behind the end
    [InlineData("INCLUDE ItemID WHERE (Items.PRICE > 3 AND #", "#")]
    public void Parts_OfAWrongExpression_MarkTheWordAndLoseNothing(string text, string marked)
    {
        var parts = MarkedText.Parts(text, FilterCheck.Of(text, Schemas).Faults);

        Assert.Equal(marked, Assert.Single(parts, part => part.IsWrong).Text);
        Assert.Equal(text, string.Concat(parts.Select(part => part.Text)).TrimEnd());
    }

    [Theory]
    [InlineData("Comedy", "\"Comedy\"")]
    [InlineData("Comedy, Science Fiction", "\"Comedy\",\"Science Fiction\"")]
    [InlineData("\"a, b\",\"c\"", "\"a, b\",\"c\"")]
    [InlineData("12.5", "12.5")]
    [InlineData("12\" vinyl", "\"12\\\" vinyl\"")]
    public void Values_AsTheyAreTyped_GetTheFormOfRequests(string typed, string expected)
    {
        var values = FilterValues.Of(["A", "LEFT_OUT"], new Dictionary<string, string> { ["A"] = typed, ["LEFT_OUT"] = " " })!;

        Assert.Equal(expected, Assert.Single(values).Value);
        Assert.NotNull(FilterParser.TryParseValues(values["A"]));
    }
}
