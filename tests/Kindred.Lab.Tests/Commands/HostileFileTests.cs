using System.IO.Compression;
using System.Text;
using Kindred.Lab.Tests.World;
using Kindred.Testing;

namespace Kindred.Lab.Tests.Commands;

/// <summary>Bad input ends with one clear sentence; odd but good input is understood.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const string Header = "USER_ID,ITEM_ID,TIMESTAMP\n";
    private static readonly string Good = Walks.Csv(Walks.Events(40));
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> BadTexts => new()
    {
        { "", "is empty" },
        { "\uFEFF", "is empty" },
        { "\n\n", "is empty" },
        { Header, "has a header but no interactions" },
        { "USER_ID,TIMESTAMP\nu,1\n", "lacks the column ITEM_ID; its header has USER_ID, TIMESTAMP" },
        { "some text\nwithout columns\n", "lacks the columns USER_ID, ITEM_ID and TIMESTAMP" },
        { "USER_ID,ITEM_ID,TIMESTAMP,USER_ID\nu,i,1,u\n", "has the column USER_ID twice" },
        { Header + "u,i,1\nu,j,NaN\n", "line 3: TIMESTAMP is 'NaN'" },
        { Header + "u,i,yesterday\n", "line 2: TIMESTAMP is 'yesterday'" },
        { "USER_ID,ITEM_ID,TIMESTAMP,EVENT_VALUE\nu,i,1,3\nu,j,2,NaN\n", "line 3: EVENT_VALUE is 'NaN'" },
        { Header + "u,,1\n", "line 2: ITEM_ID is empty" },
        { Header + new string('u', 257) + ",i,1\n", "line 2: USER_ID has 257 characters" },
        { Header + "u,i\n", "line 2: there are 2 fields" },
        { Header + "u,\"i,1\n", "line 2: a quote is opened and never closed" },
        { Header + "u,\"i\"x,1\n", "line 2: field 2 goes on after its closing quote" },
        { Header + "u,\"i\nj\",1\n", "line 2: ITEM_ID holds a control character" },
        { Header + "u,i,1\n", "single item" },
        { Header + "u,i,1\nv,i,2\n", "single item" },
        { Header + "u,i,1\nv,j,2\n", "finds nobody to test" },
    };

    public static TheoryData<string, string> GoodTexts => new()
    {
        { Good.Replace("\n", "\r\n", StringComparison.Ordinal), "" },
        { "\uFEFF" + Good, "" },
        { Good.ToLowerInvariant(), "" },
        { Good.Replace(',', '\t'), "" },
        { "SHOE," + Good.Replace("\n", "\n\"a, \"\"b\"\"\",", StringComparison.Ordinal)[..^"\"a, \"\"b\"\"\",".Length], "Not used: the column SHOE" },
        { Walks.Csv(Walks.Events(40).Select(e => (e.User, e.Item, 7L))), "All timestamps are identical" },
        { Walks.Csv(Walks.Events(40).Select(e => (e.User, e.Item, e.Time * 1000))), "" },
        { Walks.Csv(Walks.Events(40).Select(e => (e.User.PadRight(256, 'x'), e.Item.PadRight(256, 'é'), e.Time))), "" },
        { Walks.Csv(Walks.Events(40).Select(e => (e.User, $"item {e.Item}", -e.Time))), "" },
        { Walks.Csv(Walks.Events(1)), "There is a single user" },
        { Good + Good[Header.Length..], "count once" },
    };

    [Theory, MemberData(nameof(BadTexts))]
    public async Task Evaluate_BadText_EndsWithOneSentence(string text, string expected)
    {
        var result = await LabProcess.RunAsync(
            "evaluate", "--interactions", Walks.Write(_folder, "bad.csv", text), "--recipe", "aws-popularity-count");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Sentence, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory, MemberData(nameof(GoodTexts))]
    public async Task Evaluate_OddButGoodText_IsUnderstood(string text, string note)
    {
        var result = await LabProcess.RunAsync(
            "evaluate", "--interactions", Walks.Write(_folder, "good.csv", text), "--recipe", "aws-user-personalization-v2");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("NDCG@10", result.Output, StringComparison.Ordinal);
        Assert.Contains(note, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_FilesThatAreNoText_EndWithOneSentence()
    {
        var noise = new byte[50_000];
        new Random(1).NextBytes(noise);
        noise[0] = 1;
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Good));
        var cut = compressed.ToArray()[..((int)compressed.Length / 2)];
        foreach (var (bytes, expected) in new[]
                 {
                     (noise, "binary"), (cut, "damaged or incomplete gzip"), ("PK\u0003\u0004"u8.ToArray(), "zip archive"),
                     (Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Good)).ToArray(), "UTF-16"),
                     (Encoding.Latin1.GetBytes(Header + "usér,i,1\n"), "line 2: USER_ID is not valid UTF-8"),
                 })
        {
            File.WriteAllBytes(_folder.At("bytes.csv"), bytes);

            var result = await LabProcess.RunAsync("evaluate", "--interactions", _folder.At("bytes.csv"));

            Assert.Equal(1, result.ExitCode);
            Assert.Contains(expected, result.Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AnyCommand_BadArguments_EndWithOneSentence()
    {
        var good = Walks.Write(_folder, "good.csv", Good);
        foreach (var (arguments, code, expected) in new (string[], int, string)[]
                 {
                     (["evaluate"], 2, "--interactions is missing"),
                     (["evaluate", "--interactions", _folder.At("none.csv")], 1, "There is no file"),
                     (["evaluate", "--interactions", _folder.Path], 1, "is a folder"),
                     (["evaluate", "--interactions", good, "--recipe", "best"], 1, "There is no recipe 'best'; choose auto or one of "
                         + "aws-user-personalization-v2"),
                     (["evaluate", "--interactions", good, "--protocol", "guess"], 1, "choose one of leave-one-out, time, random, next-basket, "
                         + "users, cold-items, cold-users"),
                     (["evaluate", "--interactions", good, "--protocol", "cold-items"], 1, "--items is missing"),
                     (["evaluate", "--interactions", good, "--recipe", "aws-sims", "--set", "min_cointeraction_count=99"], 1, "an integer between 0 and 10 was expected"),
                     (["evaluate", "--interactions", good, "--recipe", "aws-sims", "--set", "colour=red"], 1, "has no hyperparameter "
                         + "'colour'; popularity_discount_factor"),
                     (["evaluate", "--interactions", good, "--set", "oops"], 1, "name=value was expected"),
                     (["evaluate", "--interactions", good, "--recipe", "auto", "--set", "next_item=perhaps"], 1, "takes next_item=true or next_item=false alone"),
                     (["evaluate", "--interactions", good, "--seed", "one"], 1, "--seed is 'one'"),
                     (["evaluate", "--interactions", good, "--threads", "0"], 1, "--threads is '0'"),
                     (["evaluate", "--interactions", good, "--recipe", "auto", "--budget", "soon"], 1, "90s, 5m or 1h was expected"),
                     (["evaluate", "--frobnicate"], 2, "frobnicate"),
                     (["train", "--interactions", good], 2, "--output is missing"),
                     (["train", "--interactions", good, "--output", _folder.Path], 1, "is a folder"),
                     (["train", "--interactions", good, "--output", _folder.At("no", "m.kindred")], 1, "There is no folder"),
                     (["recommend", "--output", _folder.At("o")], 2, "Either --model or --interactions"),
                     (["recommend", "--model", good, "--output", _folder.At("o")], 1, "artifact"),
                     (["recommend", "--model", _folder.At("none"), "--output", _folder.At("o")], 1, "There is no file"),
                     (["recommend", "--interactions", good, "--output", _folder.At("o"), "--num-results", "0"], 1, "--num-results is '0'"),
                     (["recommend", "--interactions", good, "--output", _folder.At("o"), "--users", _folder.At("none")], 1, "There is no file"),
                 })
        {
            var result = await LabProcess.RunAsync(arguments);

            Assert.True(result.ExitCode == code, $"{string.Join(' ', arguments)}: {result.ExitCode}, {result.Error}");
            Assert.Contains(expected, result.Sentence, StringComparison.Ordinal);
            Assert.Equal(["good.csv"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        }
    }

    public void Dispose() => _folder.Dispose();
}
