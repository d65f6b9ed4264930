using System.Text.Json;
using Kindred.Portal.Controls.Recommendations;

namespace Kindred.Portal.Tests.Recommendations;

public sealed class CallSnippetsTests
{
    [Fact]
    public void Of_WhateverTheIdsHold_StaysOneQuotedArgument()
    {
        const string Evil = "it's \"a\" $(rm) `x` \\";
        var call = new AskedCall("arn:c", Evil, null, null, 5, new Dictionary<string, string> { ["DEVICE"] = Evil }, ["NAME"]);

        var snippets = CallSnippets.Of(call, "http://localhost:5080", "us-east-1").ToDictionary(s => s.Name, s => s.Text);

        // A shell ends a quoted argument at a quote, and takes it up again after an escaped one.
        var body = snippets["curl"][(snippets["curl"].IndexOf("-d '", StringComparison.Ordinal) + 4)..^1].Replace("'\\''", "'", StringComparison.Ordinal);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(Evil, json.RootElement.GetProperty("userId").GetString());
        Assert.Equal(Evil, json.RootElement.GetProperty("context").GetProperty("DEVICE").GetString());
        var literal = "\"it's \\\"a\\\" $(rm) `x` \\\\\"";
        Assert.All(["Python", "JavaScript", "C#"], language => Assert.Contains(literal, snippets[language], StringComparison.Ordinal));
    }

    [Fact]
    public void Of_AList_CallsTheRanking()
    {
        var call = new AskedCall("arn:c", "ann", null, ["a", "b"], 5, new Dictionary<string, string>(), []);

        var snippets = CallSnippets.Of(call, "http://localhost:5080", "us-east-1");

        Assert.Contains("/personalize-ranking", snippets[0].Text, StringComparison.Ordinal);
        Assert.Contains("get_personalized_ranking", snippets[1].Text, StringComparison.Ordinal);
        Assert.All(snippets, snippet => Assert.DoesNotContain("numResults", snippet.Text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Of_Actions_AsksForThem()
    {
        var call = AskedCall.Example("arn:c", "aws-next-best-action");

        var snippets = CallSnippets.Of(call, "http://localhost:5080", "us-east-1");

        Assert.Contains("/action-recommendations", snippets[0].Text, StringComparison.Ordinal);
        Assert.Contains("get_action_recommendations", snippets[1].Text, StringComparison.Ordinal);
        Assert.Contains("action[\"actionId\"] for action in answer[\"actionList\"]", snippets[1].Text, StringComparison.Ordinal);
        Assert.Contains("GetActionRecommendationsCommand", snippets[2].Text, StringComparison.Ordinal);
        Assert.Contains("GetActionRecommendationsAsync", snippets[3].Text, StringComparison.Ordinal);
        Assert.Equal(("arn:c", "USER_ID", 5), (call.Actions().CampaignArn, call.Actions().UserId, call.Actions().NumResults));
    }

    [Theory]
    [InlineData("aws-similar-items", null, "ITEM_ID", null)]
    [InlineData("aws-personalized-ranking-v2", "USER_ID", null, 2)]
    [InlineData("aws-popularity-count", null, null, null)]
    [InlineData("aws-vod-because-you-watched-x", "USER_ID", "ITEM_ID", null)]
    [InlineData("", "USER_ID", null, null)]
    public void Example_OfARecipe_NamesWhatItWants(string recipe, string? user, string? item, int? items)
    {
        var call = AskedCall.Example("arn:c", recipe);

        Assert.Equal((user, item, items), (call.UserId, call.ItemId, call.Items?.Count));
    }

    [Fact]
    public void Of_ARecommender_NamesIt()
    {
        const string Home = "arn:aws:personalize:us-east-1:111122223333:recommender/home";
        var call = new AskedCall(Home, "ann", null, null, 5, new Dictionary<string, string>(), []);

        var snippets = CallSnippets.Of(call, "http://localhost:5080", "us-east-1");

        Assert.All(snippets, snippet => Assert.Contains("recommenderArn", snippet.Text, StringComparison.OrdinalIgnoreCase));
        Assert.All(snippets, snippet => Assert.DoesNotContain("campaign", snippet.Text, StringComparison.OrdinalIgnoreCase));
        Assert.Null(call.Recommendations().CampaignArn);
    }
}
