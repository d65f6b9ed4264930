using System.Text.Json;
using Kindred.Lab.Tests.World;
using Kindred.Testing;

namespace Kindred.Lab.Tests.Commands;

/// <summary><c>train --from</c>.</summary>
public sealed class UpdateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _old;
    private readonly string _newer;
    private readonly string _all;

    public UpdateTests()
    {
        // Newer people find an item in each aisle that was not there before.
        var (old, newer) = (Walks.Events(200).ToList(), new List<(string, string, long)>());
        for (var user = 0; user < 80; user++)
        {
            var (aisle, time) = (user % Walks.Aisles, 1_700_000_000L + user);
            foreach (var item in (string[])[Walks.Item(aisle, 2), Walks.Item(aisle, 3), $"a{aisle}-new", Walks.Item(aisle, 4)])
                newer.Add(($"new{user}", item, time += 60));
        }
        _old = Walks.Write(_folder, "old.csv", Walks.Csv(old));
        _newer = Walks.Write(_folder, "newer.csv", Walks.Csv(newer));
        _all = Walks.Write(_folder, "all.csv", Walks.Csv([.. old, .. newer]));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("aws-user-personalization-v2")]
    [InlineData("kindred-transformer")]
    public async Task Train_FromAModelWithNewerEvents_RecommendsTheNewItemsAndRemembersEverybody(string recipe)
    {
        await SucceedAsync("train", "--interactions", _old, "--recipe", recipe, "--output", _folder.At("old.kindred"));

        var report = await SucceedAsync(
            "train", "--from", _folder.At("old.kindred"), "--interactions", _newer, "--output", _folder.At("new.kindred"));
        await SucceedAsync("train", "--from", _folder.At("old.kindred"), "--interactions", _all, "--output", _folder.At("all.kindred"));

        Assert.Contains("320 interactions are new to the model; it knew 1,600.", report.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_folder.At("new.kindred")), File.ReadAllBytes(_folder.At("all.kindred"))); // what both have counts once
        var history = Walks.Write(_folder, "history.csv", "USER_ID,ITEM_ID,TIMESTAMP\ns,a5-2,1\ns,a5-3,2\n");
        await SucceedAsync(
            "recommend", "--model", _folder.At("new.kindred"), "--history", history, "--num-results", "4", "--output", _folder.At("a.tsv"));
        Assert.Contains("a5-new", File.ReadAllText(_folder.At("a.tsv")).Split('\t', ' ', '\n'));
        await SucceedAsync("recommend", "--model", _folder.At("new.kindred"), "--output", _folder.At("b.tsv"));
        Assert.Equal(280, File.ReadAllLines(_folder.At("b.tsv")).Length);
    }

    [Fact]
    public async Task Train_FromAModelIntoItself_ReplacesIt()
    {
        var model = _folder.At("m.kindred");
        await SucceedAsync("train", "--interactions", _old, "--recipe", "kindred-transformer", "--output", model);

        var result = await SucceedAsync("train", "--from", model, "--interactions", _newer, "--output", model, "--json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal((model, 280), (json.RootElement.GetProperty("from").GetString(), json.RootElement.GetProperty("users").GetInt32()));
    }

    [Fact]
    public async Task Train_FromWhatCannotBeUpdated_SaysSoInOneSentence()
    {
        await SucceedAsync("train", "--interactions", _old, "--recipe", "aws-sims", "--output", _folder.At("sims.kindred"));
        await SucceedAsync("train", "--interactions", _old, "--recipe", "kindred-transformer", "--output", _folder.At("t.kindred"));

        Assert.Contains("A model of aws-sims cannot be updated", await FailAsync(1, "--from", _folder.At("sims.kindred")), StringComparison.Ordinal);
        Assert.Contains(
            "is a model of kindred-transformer, which cannot become one of aws-sims",
            await FailAsync(1, "--from", _folder.At("t.kindred"), "--recipe", "aws-sims"),
            StringComparison.Ordinal);
        Assert.Contains("There is no file", await FailAsync(1, "--from", _folder.At("none.kindred")), StringComparison.Ordinal);
        Assert.Contains("--budget searches", await FailAsync(2, "--from", _folder.At("t.kindred"), "--budget", "1m"), StringComparison.Ordinal);
    }

    private async Task<string> FailAsync(int exitCode, params string[] arguments)
    {
        var result = await LabProcess.RunAsync(["train", "--interactions", _newer, "--output", _folder.At("x.kindred"), .. arguments]);
        Assert.Equal(exitCode, result.ExitCode);
        return Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<LabResult> SucceedAsync(params string[] arguments)
    {
        var result = await LabProcess.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }
}
