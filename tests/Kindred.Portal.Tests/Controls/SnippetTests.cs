using Bunit;
using Kindred.Portal.Components.Layout;
using Kindred.Portal.Controls;

namespace Kindred.Portal.Tests.Controls;

public sealed class SnippetTests : BunitContext
{
    [Fact]
    public void Snippet_OtherLanguageChosen_ShowsItsCode()
    {
        var snippet = Render<Snippet>(p => p.Add(s => s.Variants, ConnectSnippets.Recommendations("http://localhost:5080", "eu-west-1", "arn:x")));

        snippet.FindAll("[role=tab]").Single(tab => tab.TextContent == "Python").Click();

        Assert.Contains("endpoint_url=\"http://localhost:5080\"", snippet.Find("code").TextContent, StringComparison.Ordinal);
        Assert.Equal("Python", snippet.Find("[aria-selected=true]").TextContent);
    }

    [Fact]
    public void Recommendations_EveryLanguage_NamesTheCampaignAndTheUser() => Assert.All(
        ConnectSnippets.Recommendations("http://localhost:5080", "eu-west-1", "arn:of:campaign"),
        variant => Assert.True(variant.Text.Contains("arn:of:campaign", StringComparison.Ordinal) && variant.Text.Contains("USER_ID", StringComparison.Ordinal)));
}
