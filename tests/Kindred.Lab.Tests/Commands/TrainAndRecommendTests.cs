using Kindred.Files;
using Kindred.Lab.Tests.World;
using Kindred.Testing;

namespace Kindred.Lab.Tests.Commands;

public sealed class TrainAndRecommendTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _interactions;

    public TrainAndRecommendTests() => _interactions = Walks.Write(_folder, "all.csv", Walks.Csv(Walks.Events(200)));

    [Fact]
    public async Task Recommend_FromAFileOrTrainedNow_OnAnyThreads_GivesTheSameBytes()
    {
        await SucceedAsync("train", "--interactions", _interactions, "--output", _folder.At("m.kindred"), "--seed", "3");
        await SucceedAsync("recommend", "--model", _folder.At("m.kindred"), "--output", _folder.At("a.tsv"), "--threads", "1");
        await SucceedAsync("recommend", "--interactions", _interactions, "--output", _folder.At("b.tsv"), "--threads", "3", "--seed", "3");

        Assert.Equal(File.ReadAllBytes(_folder.At("a.tsv")), File.ReadAllBytes(_folder.At("b.tsv")));
        Assert.Equal(200, Lines("a.tsv").Count);
        Assert.False(Directory.Exists(_folder.At("m.kindred.checkpoints")));
    }

    [Fact]
    public async Task Recommend_SeenItems_AreLeftOutUnlessKept()
    {
        var history = Walks.Write(_folder, "history.csv", "USER_ID,ITEM_ID,TIMESTAMP\nu0,a3-1,1700000000\nu0,a3-2,1700000001\n");
        var seen = Walks.Events(200).Where(e => e.User == "u0").Select(e => e.Item).Append("a3-1").Append("a3-2").ToHashSet();

        await SucceedAsync("recommend", "--interactions", _interactions, "--history", history, "--output", _folder.At("a.tsv"));
        await SucceedAsync("recommend", "--interactions", _interactions, "--history", history, "--output", _folder.At("b.tsv"), "--keep-seen");

        var (fresh, kept) = (Assert.Single(Lines("a.tsv")), Assert.Single(Lines("b.tsv"))); // the history names whom to recommend to
        Assert.Empty(fresh.Items.Intersect(seen));
        Assert.Equal(Walks.Aisles * Walks.ItemsPerAisle, fresh.Items.Count + seen.Count); // a catalogue of 96 is listed whole
        Assert.Equal(Walks.Aisles * Walks.ItemsPerAisle, kept.Items.Distinct().Count());
        Assert.Contains("a3-3", fresh.Items.Take(5)); // what comes next in the aisle that only the history has
    }

    [Fact]
    public async Task Recommend_UsersComeBackToTheirCluster_ItIsListedUnlessDropped()
    {
        var (random, rows) = (new Random(1), new List<(string User, string Item, long Time)>());
        for (var user = 0; user < 80; user++)
        {
            for (var (step, time) = (0, 1_600_000_000L + user); step < 25; step++)
                rows.Add(($"u{user}", $"c{user % 8}-{random.Next(6)}", time += 5000));
        }
        var file = Walks.Write(_folder, "clusters.csv", Walks.Csv(rows));

        await SucceedAsync("train", "--interactions", file, "--output", _folder.At("m.kindred"));
        var result = await SucceedAsync("recommend", "--model", _folder.At("m.kindred"), "--num-results", "6", "--output", _folder.At("a.tsv"));
        await SucceedAsync("recommend", "--model", _folder.At("m.kindred"), "--keep-seen", "false", "--output", _folder.At("b.tsv"));

        Assert.Contains("come back to what they have met", result.Output, StringComparison.Ordinal);
        Assert.All(Lines("a.tsv"), list => Assert.All(list.Items, item => Assert.StartsWith($"c{int.Parse(list.User[1..]) % 8}-", item)));
        Assert.All(Lines("b.tsv"), list => Assert.Empty(list.Items.Intersect(rows.Where(row => row.User == list.User).Select(row => row.Item))));
    }

    [Fact]
    public async Task Recommend_UsersNeverTrainedOn_AreServedByTheirHistoryOrByWhatIsPopular()
    {
        var history = Walks.Write(_folder, "history.csv", "USER_ID,ITEM_ID,TIMESTAMP\nnew,a5-2,1\nnew,a5-3,2\nnew,unheard of,3\n");
        var users = Walks.Write(_folder, "users.csv", "NAME,USER_ID\nb,stranger\na,new\nb,stranger\n");

        var result = await SucceedAsync(
            "recommend",
            "--interactions",
            _interactions,
            "--history",
            history,
            "--users",
            users,
            "--num-results",
            "5",
            "--output",
            _folder.At("a.tsv"));
        await SucceedAsync(
            "recommend",
            "--interactions",
            _interactions,
            "--recipe",
            "aws-popularity-count",
            "--users",
            users,
            "--num-results",
            "5",
            "--output",
            _folder.At("p.tsv"));

        var lines = Lines("a.tsv");
        Assert.Equal(["stranger", "new"], lines.Select(line => line.User));
        Assert.Equal("a5-4", lines[1].Items[0]);
        Assert.Equal(Lines("p.tsv")[0].Items, lines[0].Items);
        Assert.Contains("1 of 2 users have no history", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recommend_BareListOfUsers_HasNoHeader()
    {
        await SucceedAsync(
            "recommend",
            "--interactions",
            _interactions,
            "--users",
            Walks.Write(_folder, "users.txt", "u7\nu3\n"),
            "--output",
            _folder.At("a.tsv"));

        Assert.Equal(["u7", "u3"], Lines("a.tsv").Select(line => line.User));
    }

    [Fact]
    public async Task Recommend_Candidates_AreOrderedAndUnknownOnesComeLast()
    {
        var history = Walks.Write(_folder, "history.csv", "USER_ID,ITEM_ID,TIMESTAMP\nnew,a5-2,1\nnew,a5-3,2\n");
        var candidates = Walks.Write(_folder, "candidates.csv", "ITEM_ID,USER_ID\nmystery,new\na1-1,new\na5-4,new\na5-3,new\n");

        await SucceedAsync(
            "recommend",
            "--interactions",
            _interactions,
            "--recipe",
            "aws-personalized-ranking",
            "--history",
            history,
            "--candidates",
            candidates,
            "--output",
            _folder.At("a.tsv"));

        var line = Assert.Single(Lines("a.tsv"));
        Assert.Equal("a5-4", line.Items[0]);
        Assert.Equal("mystery", line.Items[^1]);
        Assert.Equal(["a1-1", "a5-3", "a5-4", "mystery"], line.Items.Order());
    }

    [Fact]
    public async Task Recommend_RelatedItemsRecipe_RelatesToTheNewestItem()
    {
        var history = Walks.Write(_folder, "history.csv", "USER_ID,ITEM_ID,TIMESTAMP\nnew,a1-1,1\nnew,a6-4,2\n");

        await SucceedAsync(
            "recommend",
            "--interactions",
            _interactions,
            "--recipe",
            "aws-sims",
            "--history",
            history,
            "--num-results",
            "4",
            "--output",
            _folder.At("a.tsv"));

        Assert.All(Lines("a.tsv")[0].Items, item => Assert.StartsWith("a6-", item, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recommend_ItemIdsWithSpaces_NeedAnotherSeparator()
    {
        var spaced = Walks.Write(_folder, "spaced.csv", Walks.Csv(Walks.Events(30).Select(e => (e.User, $"item {e.Item}", e.Time))));

        var refused = await LabProcess.RunAsync("recommend", "--interactions", spaced, "--output", _folder.At("a.tsv"));
        await SucceedAsync("recommend", "--interactions", spaced, "--separator", "tab", "--output", _folder.At("b.tsv"));

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--separator tab", refused.Sentence, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("a.tsv")));
        Assert.StartsWith("item a", File.ReadLines(_folder.At("b.tsv")).First().Split('\t')[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recommend_HistoryThatRepeatsTheTraining_ChangesNothing()
    {
        await SucceedAsync("recommend", "--interactions", _interactions, "--output", _folder.At("a.tsv"));
        await SucceedAsync("recommend", "--interactions", _interactions, "--history", _interactions, "--output", _folder.At("b.tsv"));

        Assert.Equal(File.ReadAllText(_folder.At("a.tsv")), File.ReadAllText(_folder.At("b.tsv")));
    }

    [Fact]
    public async Task Train_Interrupted_EndsWith130AndLeavesNothingHalfWritten()
    {
        var big = Walks.Write(_folder, "big.csv", Walks.Csv(Walks.Events(240_000)));

        var started = DateTime.UtcNow;
        var result = await LabProcess.InterruptAsync(
            () => DateTime.UtcNow - started > TimeSpan.FromSeconds(1), "train", "--interactions", big, "--output", _folder.At("m.kindred"));

        Assert.Equal(130, result.ExitCode);
        Assert.StartsWith("Cancelled", result.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.Path), file => DurableFile.IsTemporary(Path.GetFileName(file)));
    }

    [Fact]
    public async Task Train_KilledAndRunAgain_EndsWithTheSameModel()
    {
        string[] train = ["train", "--interactions", _interactions, "--items", Walks.Write(_folder, "items.csv", Walks.ItemsCsv()), "--output"];
        await SucceedAsync([.. train, _folder.At("whole.kindred")]);

        var resumed = _folder.At("resumed.kindred");
        var killed = await LabProcess.KillAsync(() => Directory.Exists(resumed + ".checkpoints") || File.Exists(resumed), [.. train, resumed]);
        await SucceedAsync([.. train, resumed]);

        Assert.NotEqual(0, killed.ExitCode);
        Assert.Equal(File.ReadAllBytes(_folder.At("whole.kindred")), File.ReadAllBytes(resumed));
        Assert.False(Directory.Exists(resumed + ".checkpoints"));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<LabResult> SucceedAsync(params string[] arguments)
    {
        var result = await LabProcess.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private List<(string User, List<string> Items)> Lines(string name) =>
        [.. File.ReadLines(_folder.At(name)).Select(line => line.Split('\t')).Select(parts => (parts[0], parts[1].Split(' ').ToList()))];
}
