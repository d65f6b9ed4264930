using CsCheck;
using Kindred.Numerics.Sparse;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Members;

/// <summary>The members against brute force over any small data: repeated events, typed weights, equal times.</summary>
public class MembersTests
{
    private const int Items = 6;
    private static readonly TrainingRun Run = new(1, 2);

    private static readonly Gen<(int User, int Item, int Type)[]> Rows =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, Items - 1], Gen.Int[0, 1]).Array[1, 60];

    [Fact]
    public void SequenceStatistics_AnyLog_AgreesWithBruteForce() => Rows.Sample(rows =>
    {
        var log = Log(rows);
        var steps = Enumerable.Range(0, log.UserIds.Count).Select(user => StepsOf(log, user)).ToList();
        var expected = new double[Items, Items];
        var occurrences = Enumerable.Range(0, Items).Select(item => Math.Max(1, steps.Sum(user => user.Count(step => step.Item == item)))).ToArray();
        foreach (var user in steps)
        {
            for (var i = 0; i < user.Count; i++)
            {
                for (var j = i + 1; j < user.Count && j - i <= 3; j++)
                {
                    var (a, b) = (user[i].Item, user[j].Item);
                    if (a != b)
                        expected[a, b] += user[j].Weight * Math.Pow(j - i, -0.75) * Math.Pow(occurrences[a], -0.7) * Math.Pow(occurrences[b], -0.2);
                }
            }
        }

        AssertRows(expected, new SequenceStatistics(MaxLag: 3).Train(Sequences.Of(log), Items, Run));
    }, iter: 500, threads: 1);

    [Fact]
    public void ItemNeighbours_AnyLog_AgreesWithBruteForce() => Rows.Sample(rows =>
    {
        var log = Log(rows).Where(Enumerable.Repeat(true, rows.Length).ToArray(), [1, 1, 1]);
        var users = Enumerable.Range(0, log.UserIds.Count)
            .Select(user => log.Items[log.UserStarts[user]..log.UserStarts[user + 1]].ToArray().ToHashSet()).ToList();
        var counts = Enumerable.Range(0, Items).Select(item => users.Count(user => user.Contains(item))).ToArray();
        var expected = new double[Items, Items];
        for (var a = 0; a < Items; a++)
        {
            for (var b = 0; b < Items; b++)
            {
                var both = users.Count(user => user.Contains(a) && user.Contains(b));
                expected[a, b] = a != b && both >= 2 ? both / Math.Pow(counts[a] * counts[b], 0.5) : 0;
            }
        }

        AssertRows(expected, new ItemNeighbours(0.5, MinUsers: 2).Train(UserItems.Of(log, 100, default), Items, Run));
    }, iter: 500, threads: 1);

    [Fact]
    public void CountUsers_AnyLog_CountsEachUserOnceByTheLargestWeight() => Rows.Sample(rows =>
    {
        var log = Log(rows);

        var counts = ItemPopularity.CountUsers(log);

        for (var item = 0; item < Items; item++)
        {
            var expected = rows.Where(row => row.Item == item).GroupBy(row => row.User).Sum(user => user.Max(row => row.Type == 0 ? 0.5 : 1));
            Assert.Equal(expected, counts[item], tolerance: 1e-5);
        }
    }, iter: 300, threads: 1);

    [Fact]
    public void UserItems_MoreThanTheMost_KeepsTheNewest()
    {
        var log = Log([(0, 1, 1), (0, 2, 1), (0, 3, 1), (0, 2, 1)]);

        var users = UserItems.Of(log, maxPerUser: 2, isIncluded: default);

        Assert.Equal([2, 3], users.Pattern.Row(0).ToArray());
    }

    [Fact]
    public void Newest_RepeatsAndUnknown_AreLeftOut() =>
        Assert.Equal([1, 0, 2], Steps.Newest(Events(5, 1, 1, -1, 1, 0, 7, 2, 2), itemCount: 3, new int[3]).ToArray());

    private static HistoryEvent[] Events(params int[] items) => [.. items.Select(item => new HistoryEvent(item, -1, 0))];

    private static InteractionLog Log((int User, int Item, int Type)[] rows)
    {
        var builder = new InteractionLogBuilder();
        for (var item = 0; item < Items; item++)
            builder.InternItem($"i{item}");
        builder.InternEventType("view");
        builder.InternEventType("buy");
        foreach (var (time, (user, item, type)) in rows.Index())
            builder.Add($"u{user}", $"i{item}", time, type == 0 ? "view" : "buy");
        return builder.Build().Select(EventSelection.OfWeighted([new("view", null, 0.5), new("buy", null, 1)]));
    }

    private static List<(int Item, float Weight)> StepsOf(InteractionLog log, int user)
    {
        var steps = new List<(int Item, float Weight)>();
        for (var i = log.UserStarts[user]; i < log.UserStarts[user + 1]; i++)
        {
            if (steps.Count > 0 && steps[^1].Item == log.Items[i])
                steps[^1] = (log.Items[i], Math.Max(steps[^1].Weight, log.WeightOf(i)));
            else
                steps.Add((log.Items[i], log.WeightOf(i)));
        }
        return steps;
    }

    private static void AssertRows(double[,] expected, SparseRows actual)
    {
        for (var row = 0; row < Items; row++)
        {
            var dense = new double[Items];
            actual.Row(row, out var columns, out var values);
            for (var i = 0; i < columns.Length; i++)
                dense[columns[i]] = values[i];
            for (var column = 0; column < Items; column++)
                Assert.Equal(expected[row, column], dense[column], tolerance: 1e-5 * (1 + expected[row, column]));
        }
    }
}
