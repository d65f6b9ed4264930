using Kindred.Contracts.Access;
using Kindred.Contracts.Usage;
using Kindred.Portal.Components.Pages.Keys;
using Kindred.Portal.Components.Pages.Usage;
using Kindred.Portal.Controls.Insights;
using Kindred.Serving.Readings;

namespace Kindred.Portal.Tests.Views;

public sealed class ViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void KeyDraft_Browser_NeedsAnOriginAndGivesNoMoreThanAPageMayHave()
    {
        var draft = new KeyDraft { Name = "  shop " };
        draft.Take(KeyPreset.All.Single(p => p.IsPublishable));

        Assert.False(draft.IsComplete);

        draft.Origins = "https://shop.example\nhttps://www.shop.example";
        draft.Days = 30;
        var key = draft.ToKey(Now);

        Assert.True(draft.IsComplete);
        Assert.Equal(AccessScopes.Recommend | AccessScopes.Events, key.Scopes);
        Assert.Equal(["https://shop.example", "https://www.shop.example"], key.AllowedOrigins!);
        Assert.Equal(("shop", (DateTimeOffset?)Now.AddDays(30)), (key.Name, key.ExpiresAt));
    }

    [Fact]
    public void KeyDraft_Server_HasNoOriginsWhateverWasTyped()
    {
        var draft = new KeyDraft { Origins = "https://shop.example" };

        Assert.Null(draft.ToKey(Now).AllowedOrigins);
    }

    [Fact]
    public void UsageView_CountsOfDays_AreOnTheirDayAndUnderTheirName()
    {
        var today = new DateOnly(2026, 11, 27);
        UsageCount[] counts =
        [
            new(today, UsageMeasure.Recommendations, "arn:aws:personalize:us-east-1:111122223333:campaign/home", 5),
            new(today, UsageMeasure.Rankings, "arn:aws:personalize:us-east-1:111122223333:campaign/rank", 2),
            new(today.AddDays(-1), UsageMeasure.Events, "tracking-id", 7),
            new(today, UsageMeasure.BatchLines, "arn:aws:personalize:us-east-1:111122223333:solution/nightly/1a2b3c4d", 3),
            new(today.AddDays(-40), UsageMeasure.Events, "tracking-id", 100),
        ];

        var view = UsageFigures.Of(counts, today, days: 3);

        Assert.Equal([0, 0, 7], view.Totals[0].PerDay);
        Assert.Equal([0, 7, 0], view.Totals[1].PerDay);
        Assert.Equal(("Batch lines", 3), (view.Totals[3].Name, view.Totals[3].Sum));
        Assert.Equal(["tracking-id", "home", "nightly/1a2b3c4d", "rank"], view.Subjects.Select(s => s.Name));
    }

    [Fact]
    public void Sentence_EveryChart_SaysItsNumbers()
    {
        var data = new DataInsights
        {
            Interactions = 1000, Users = 100, Items = 50, LongTail = [(1, 100)], TopFifthShare = 0.65, PerDay = [], EventTypes = [("view", 800)],
            UserLengths = [], RepeatShare = 0.4, UsersWithOne = 12, CatalogueItems = 80, ColdItems = 30,
            First = Now.AddDays(-10), Last = Now,
        };

        Assert.Equal("10 items, a fifth, hold 65 % of all interactions. That is usual.", InsightTexts.Sentence(InsightKind.LongTail, data));
        Assert.Equal("1,000 interactions from 17 Nov 2026 to 27 Nov 2026, 100 a day.", InsightTexts.Sentence(InsightKind.PerDay, data));
        Assert.StartsWith("12 of 100 users", InsightTexts.Sentence(InsightKind.UserLengths, data), StringComparison.Ordinal);
        Assert.StartsWith("view is 80 %", InsightTexts.Sentence(InsightKind.EventTypes, data), StringComparison.Ordinal);
        Assert.Contains("People take the same again", InsightTexts.Sentence(InsightKind.Habit, data), StringComparison.Ordinal);
        Assert.StartsWith("30 of 80 items", InsightTexts.Sentence(InsightKind.Cold, data), StringComparison.Ordinal);
    }
}
