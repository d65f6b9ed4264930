using System.Globalization;
using System.Text;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Demo;

/// <summary>The demo on files as people have them.</summary>
public sealed class OwnDataRunTests
{
    [Fact]
    public async Task Demo_FilesWithGaps_ImportsEveryRowAndSaysHowItReadThem()
    {
        using var folder = new TemporaryFolder();
        var (rows, items) = (new StringBuilder("user_id,item_id,event,ts,rating\n"), new StringBuilder("item_id,price\n"));
        for (var i = 0; i < 1_200; i++) // every second event type is empty; some ratings are words
            rows.Append(CultureInfo.InvariantCulture,
                $"u{i % 60},i{i * 7 % 40},{(i % 2 == 0 ? "" : "View")},{1_700_000_000 + i * 60}.0,{(i % 100 == 0 ? "N/A" : "4.5")}\n");
        for (var i = 0; i < 40; i++) items.Append(CultureInfo.InvariantCulture, $"i{i},{(i == 7 ? "N/A" : $"{i}.99")}\n");
        await File.WriteAllTextAsync(folder.At("interactions.csv"), rows.ToString(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.At("items.csv"), items.ToString(), TestContext.Current.CancellationToken);

        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Arguments = ["demo", "--data", folder.Path] });
        await host.WaitForLineAsync("first personalised recommendation after", TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Contains("1,200 interactions of 60 users with 40 items", host.Output, StringComparison.Ordinal);
        Assert.Contains(
            "EVENT_VALUE of interactions.csv is read as numbers: 12 of its 1,200 values are none ('N/A')", host.Output, StringComparison.Ordinal);
        Assert.Contains("PRICE of items.csv is read as numbers: 1 of its 40 values is none ('N/A')", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("refused", host.Output, StringComparison.Ordinal);
    }
}
