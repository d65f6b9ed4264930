using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Demo;

public sealed partial class DemoTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_FreshAndAgain_RecommendsAndItsCurlWorks()
    {
        using var folder = new TemporaryFolder();
        for (var run = 1; run <= 2; run++)
        {
            await using var host = HostProcess.Launch(new() { DataPath = folder.Path, Arguments = ["demo"] });
            await host.WaitForLineAsync("Serving on", TimeSpan.FromMinutes(3), Stop);

            var seconds = double.Parse(First().Match(host.Output).Groups[1].Value, CultureInfo.InvariantCulture);
            TestContext.Current.SendDiagnosticMessage(
                $"run {run}: first personalised recommendation after {seconds:F1} s; peak resident {host.PeakResidentBytes() >> 20} MiB");
            if (Drills.Strict) Assert.InRange(seconds, 0, 60);
            Assert.Contains("itemId", await PasteAsync(host.Output), StringComparison.Ordinal);
            await host.WaitForLineAsync("/storefront?campaign=demo-", TimeSpan.FromSeconds(10), Stop);
            Assert.Equal(0, await host.StopAsync(Stop));
        }
    }

    [Fact]
    public async Task Demo_OwnData_WithEverydayHeaders_Recommends()
    {
        using var folder = new TemporaryFolder();
        // Half of the rows have no event type; without them there would be too few to train on.
        var csv = Service.SmallData.Csv()
            .Replace("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE", "\"userId\",movieId,timestamp,\"event\"", StringComparison.Ordinal)
            .Replace("0,View", "0,", StringComparison.Ordinal).Replace("2,View", "2,", StringComparison.Ordinal)
            .Replace("4,View", "4,", StringComparison.Ordinal).Replace("6,View", "6,", StringComparison.Ordinal)
            .Replace("8,View", "8,", StringComparison.Ordinal);
        Directory.CreateDirectory(folder.At("own"));
        await File.WriteAllTextAsync(folder.At("own/interactions.csv"), csv, Stop);
        await File.WriteAllTextAsync(
            folder.At("own/items.csv"), "item_id,title,genres\nitem-0-1,\"A Walk\",Drama|Comedy\nitem-1-1,Another,Drama\n", Stop);

        await using var host = HostProcess.Launch(new() { DataPath = folder.At("data"), Arguments = ["demo", "--data", folder.At("own")] });
        await host.WaitForLineAsync("Serving on", TimeSpan.FromMinutes(2), Stop);

        Assert.Contains("1,440 interactions of 120 users with 60 items", host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other.csv", "x", "has no interactions.csv")]
    [InlineData("interactions.csv", "user_id,when\n1,2\n", "needs the column ITEM_ID")]
    [InlineData("interactions.csv", "user_id,item_id,timestamp\n1,2,2024-01-01\n", "expected whole seconds since 1970")]
    [InlineData("interactions.csv", "user_id,item_id,timestamp\n1,2,1700000000000\n", "looks like milliseconds")]
    [InlineData("interactions.csv", "user_id,item_id,timestamp\n", "no rows")]
    public async Task Demo_OwnDataThatCannotBeUsed_SaysWhyAndEndsWithOne(string file, string content, string expected)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("own"));
        await File.WriteAllTextAsync(folder.At($"own/{file}"), content, Stop);
        await using var host = HostProcess.Launch(new() { DataPath = folder.At("data"), Arguments = ["demo", "--data", folder.At("own")] });

        Assert.Equal(1, await host.WaitForExitAsync(Stop));

        Assert.Contains(expected, host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }

    /// <summary>Runs the first curl of the output in a shell, as a reader would.</summary>
    private static async Task<string> PasteAsync(string output)
    {
        var command = Curl().Match(output).Value;
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true })!;
        return await shell.StandardOutput.ReadToEndAsync(Stop);
    }

    [GeneratedRegex(@"first personalised recommendation after ([0-9.]+) s")] private static partial Regex First();
    [GeneratedRegex(@"curl -s .*\\\n.*\\\n.*")] private static partial Regex Curl();
}
