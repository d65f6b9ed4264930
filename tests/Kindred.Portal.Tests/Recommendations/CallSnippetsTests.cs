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
