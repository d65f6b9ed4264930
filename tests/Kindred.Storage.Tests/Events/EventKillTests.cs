using System.Diagnostics;
using Kindred.Storage.Events;

namespace Kindred.Storage.Tests.Events;

public sealed class EventKillTests
{
    [Fact]
    public async Task Kill_WhileSixteenWritersAppend_LosesNoAcknowledgedEvent()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new List<string>();
        var random = new Random(5);

        for (var round = 0; round < 3; round++) await AppendAndKillAsync(folder.Path, random.Next(200, 2_000), acknowledged);

        var recovered = new HashSet<string>();
        await using var store = new DiskEventLog(new StorageOptions { DataPath = folder.Path });
        await store.ReadAsync(Samples.Group, 0, (_, record) => Assert.True(recovered.Add(((StreamedEvent)record).EventId)), default);
        Assert.Empty(acknowledged.Except(recovered));
    }

    private static async Task AppendAndKillAsync(string folder, int acknowledgementsBeforeKill, List<string> acknowledged)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [EventWriterProcess.Mode, folder]) { RedirectStandardOutput = true })!;
        var killed = false;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line may be cut; the whole ones before it were acknowledged.
            if (killed && line.Count(c => c == '-') != 2) continue;
            acknowledged.Add(line);
            if (--acknowledgementsBeforeKill > 0 || killed) continue;
            process.Kill(); // SIGKILL: nothing in the process gets to tidy up
            killed = true;
        }
        // A number that was cut short names an earlier event, which was acknowledged as well.
        await process.WaitForExitAsync();
        Assert.True(killed, "The writer ended by itself.");
    }
}
