using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Evaluation.Protocols;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Tests.Data;

namespace Kindred.Recipes.Tests.Evaluation;

public class ProtocolTests
{
    private const int All = int.MaxValue;

    [Fact]
    public void LeaveOneOut_LongAndShortHistories_HoldOutTheLastTwo()
    {
        var log = Log(("a", "1234"), ("b", "12"), ("c", "3"));

        var plan = new LeaveOneOutProtocol().Plan(log, seed: 1, All);

        Assert.Equal(["a:12", "b:1", "c:3"], Histories(plan.Training));
        Assert.Equal(["123>4", "1>2"], Cases(plan, plan.Slices[0]));
    }

    [Fact]
    public void TimeSplit_OneClockForAll_TrainsBeforeAndFindsAfter()
    {
        // Times 0..19 over three users; the cuts are at 16 (80 %) and 18 (90 %).
        var builder = new InteractionLogBuilder();
        string[] items = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20"];
        for (var time = 0; time < 20; time++)
            builder.Add(time == 19 ? "late" : time % 2 == 0 ? "even" : "odd", time == 18 ? "1" : items[time], time);
        var log = builder.Build();

        var plan = new TimeSplitProtocol().Plan(log, seed: 1, All);

        Assert.All(plan.Training.Timestamps.ToArray(), time => Assert.True(time < 16));
        Assert.Equal(16, plan.Training.Count);
        Assert.Empty(plan.Slices[0].Cases); // what even did at 18 was known already, and late was never seen before
        Assert.Contains("1 users", Assert.Single(plan.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void TimeSplit_NewItemsAfterTheCut_AreTheTruthInTheirOrder()
    {
        var builder = new InteractionLogBuilder();
        for (var time = 0; time < 27; time++)
            builder.Add("a", $"old{time}", time);
        foreach (var (item, time) in new[] { ("new1", 27L), ("old3", 28L), ("new2", 29L) })
            builder.Add("a", item, time);

        var plan = new TimeSplitProtocol().Plan(builder.Build(), seed: 1, All);

        Assert.Equal(24, plan.Training.Count);
        Assert.EndsWith("old26>new1", Cases(plan, plan.Slices[0])[0], StringComparison.Ordinal);
        Assert.EndsWith("old26>new1new2", Cases(plan, plan.Slices[1])[0], StringComparison.Ordinal);
    }

    [Fact]
    public void NextBasket_LastVisitOfEach_IsTheTruthWithItsRepeats()
    {
        var builder = new InteractionLogBuilder();
        foreach (var (user, item, day) in new[]
                 {
                     ("a", "1", 0), ("a", "2", 0), ("a", "3", 1), ("a", "2", 2), ("a", "4", 2), ("a", "4", 2), ("b", "1", 0),
                 })
            builder.Add(user, item, 86_400 * day);
        var log = builder.Build();

        var plan = new NextBasketProtocol().Plan(log, seed: 1, All);

        Assert.Equal(["a:123", "b:1"], Histories(plan.Training));
        Assert.Equal(["123>24"], Cases(plan, plan.Slices[0]));
        Assert.Equal(3, plan.Slices[0].Cases[0].Asked);
        Assert.Contains(plan.Notes, note => note.Contains("2.0 items; 50.0 % of them were met before", StringComparison.Ordinal));
        Assert.Contains(plan.Notes, note => note.StartsWith("1 user has a single basket", StringComparison.Ordinal));
    }

    [Fact]
    public void ColdUsers_ATenth_AreNotTrainedOnAndRevealTheirFirstEvents()
    {
        var log = PlantedShop.Create(users: 100);

        var plan = new ColdUsersProtocol().Plan(log, seed: 3, All);

        var cold = Enumerable.Range(0, 100).Where(user => plan.Training.InteractionsOf(user) == 0).ToList();
        Assert.Equal(10, cold.Count);
        Assert.Equal(log.Count, plan.Training.Count + cold.Sum(log.InteractionsOf));
        Assert.Equal([1, 5, 10], plan.Slices.Select(slice => int.Parse(slice.Name.Split(' ')[1])));
        Assert.Equal(10, plan.Slices[1].Cases.Count);
        Assert.Empty(plan.Slices[2].Cases); // nobody did more than ten things
        Assert.All(plan.Slices[1].Cases, test =>
        {
            Assert.Contains(test.InputStart, log.UserStarts.ToArray());
            Assert.Equal(5, test.InputEnd - test.InputStart);
            Assert.Equal([log.Items[test.InputEnd]], test.Truth);
        });
    }

    [Fact]
    public void Random_AQuarterOfEveryUsersItems_IsHiddenWhereverItStands()
    {
        var log = PlantedShop.Create(users: 100);

        var plan = new RandomProtocol().Plan(log, seed: 3, All);

        Assert.Equal(100, plan.Slices[0].Cases.Count);
        var isNewest = 0;
        for (var user = 0; user < 100; user++)
        {
            var all = log.Items[log.UserStarts[user]..log.UserStarts[user + 1]].ToArray();
            var test = plan.Slices[0].Cases[user];
            Assert.Equal((int)Math.Round(all.Distinct().Count() / 4.0), test.Truth.Length);
            Assert.Equal(all.Where(item => !test.Truth.Contains(item)), plan.Inputs.Items[test.InputStart..test.InputEnd].ToArray());
            Assert.Equal(test.InputEnd - test.InputStart, plan.Training.InteractionsOf(user));
            isNewest += test.Truth.Contains(all[^1]) ? 1 : 0;
        }
        Assert.InRange(isNewest, 10, 45); // about a quarter: 25, give or take 4.3 by chance
    }

    [Fact]
    public void ColdItems_AFifth_OccurNeitherInTrainingNorInInputs()
    {
        var log = PlantedShop.Create(users: 100);

        var plan = new ColdItemsProtocol().Plan(log, seed: 3, All);

        var (cold, warm, all) = (plan.Slices[0], plan.Slices[1], plan.Slices[2]);
        Assert.Equal(log.DistinctItems() / 5, cold.Candidates.Span.Count(true));
        var isCold = cold.Candidates.ToArray();
        Assert.DoesNotContain(plan.Training.Items.ToArray(), item => isCold[item]);
        Assert.DoesNotContain(plan.Inputs.Items.ToArray(), item => isCold[item]);
        Assert.All(cold.Cases, test => Assert.All(test.Truth, item => Assert.True(isCold[item])));
        Assert.All(warm.Cases, test => Assert.False(isCold[Assert.Single(test.Truth)]));
        Assert.All(all.Cases, test => Assert.Contains(test.Truth, item => isCold[item]));
        Assert.Equal(plan.Inputs.Count - warm.Cases.Count, plan.Training.Count); // each tested user's last warm item is not trained on
        Assert.Equal(log.Items.ToArray().Count(item => isCold[item]), log.Count - plan.Inputs.Count);
    }

    [Fact]
    public void AnyProtocol_TargetThatIsNext_IsAskedInItsContext()
    {
        var log = DayParts.Create(120, ["DAYPART"]);
        IProtocol[] protocols =
        [
            new LeaveOneOutProtocol(),
            new TimeSplitProtocol(),
            new ColdUsersProtocol(fromNothing: true),
            new ColdItemsProtocol(),
        ];
        foreach (var plan in protocols.Select(protocol => protocol.Plan(log, seed: 1, All)))
        {
            var asked = plan.Slices.SelectMany(slice => slice.Cases).Where(test => test.Asked >= 0).ToList();
            Assert.NotEmpty(asked);
            Assert.All(asked, test => Assert.True(test.Asked >= test.InputEnd && plan.Inputs.Items[test.Asked] == test.Truth[0]));
            Assert.True(plan.Slices[0].Name == "cold items" || plan.Slices[0].Cases.All(test => test.Asked >= 0));
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    public void AnyProtocol_SameSeed_DrawsTheSameCases(int maxCases)
    {
        var log = PlantedShop.Create(users: 100);
        foreach (var protocol in new IProtocol[] { new LeaveOneOutProtocol(), new TimeSplitProtocol(), new RandomProtocol(), new ColdItemsProtocol(), new ColdUsersProtocol() })
        {
            var (one, same, other) = (protocol.Plan(log, 1, maxCases), protocol.Plan(log, 1, maxCases), protocol.Plan(log, 2, maxCases));

            Assert.All(one.Slices, slice => Assert.InRange(slice.Cases.Count, 0, maxCases));
            Assert.Equal(Described(one), Described(same));
            if (one.Slices[0].Cases.Count == maxCases)
                Assert.NotEqual(Described(one), Described(other));
        }
    }

    private static string Described(EvaluationPlan plan) => string.Join('\n', plan.Slices.SelectMany(slice => Cases(plan, slice)));

    private static InteractionLog Log(params (string User, string Items)[] users)
    {
        var builder = new InteractionLogBuilder();
        foreach (var (user, items) in users)
        {
            for (var i = 0; i < items.Length; i++)
                builder.Add(user, items.AsSpan(i, 1), i);
        }
        return builder.Build();
    }

    private static List<string> Histories(InteractionLog log) => [.. Enumerable.Range(0, log.UserIds.Count)
        .Select(user => $"{log.UserIds[user]}:{Items(log, log.UserStarts[user], log.UserStarts[user + 1])}")];

    private static List<string> Cases(EvaluationPlan plan, TestSlice slice) => [.. slice.Cases.Select(test =>
        $"{Items(plan.Inputs, test.InputStart, test.InputEnd)}>{string.Concat(test.Truth.Select(item => plan.Inputs.ItemIds[item]))}")];

    private static string Items(InteractionLog log, int from, int to) =>
        string.Concat(log.Items[from..to].ToArray().Select(item => log.ItemIds[item]));
}
