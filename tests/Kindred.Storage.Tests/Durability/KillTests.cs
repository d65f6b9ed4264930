using System.Diagnostics;
using Kindred.Storage.Sql;
using Kindred.Storage.Tests.State;

namespace Kindred.Storage.Tests.Durability;

public sealed class KillTests
{
    [Fact]
    public async Task Kill_WhileEightGrainsWrite_LosesNoAcknowledgedWrite()
    {
        using var folder = new TemporaryFolder();
        var acknowledged = new int[StateWriterProcess.Writers];
        var random = new Random(2);

        for (var round = 0; round < 3; round++) await WriteAndKillAsync(folder.Path, random.Next(50, 300), acknowledged);

        await using var silo = await TestSilo.StartAsync(folder.Path);
        for (var writer = 0; writer < acknowledged.Length; writer++)
        {
            var sum = await silo.Grains.GetGrain<ILedgerGrain>(StateWriterProcess.KeyOf(writer)).SumAsync();
            // One write per round may have reached the disk without its acknowledgement reaching us.
            Assert.InRange(sum, acknowledged[writer], acknowledged[writer] + 1);
        }
        Assert.Equal("ok", IntegrityCheck(silo.Get<SqliteDatabase>()));
    }

    [Theory]
    [InlineData("models/000000000000/films/1.kindred")]
    [InlineData("trainings/000000000000/films/1/factors.checkpoint")]
    public async Task Kill_WhileAModelIsWritten_LeavesNothingAfterTheNextStart(string file)
    {
        using var folder = new TemporaryFolder();
        using (var process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [ModelWriterProcess.Mode, folder.At(file)]) { RedirectStandardOutput = true })!)
        {
            Assert.Equal("half", await process.StandardOutput.ReadLineAsync());
            process.Kill();
            await process.WaitForExitAsync();
        }
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(folder.At(file))!));

        await using var silo = await TestSilo.StartAsync(folder.Path);

        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(folder.At(file))!));
    }

    private static async Task WriteAndKillAsync(string folder, int acknowledgementsBeforeKill, int[] acknowledged)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, [StateWriterProcess.Mode, folder]) { RedirectStandardOutput = true })!;
        var killed = false;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            acknowledged[int.Parse(line.AsSpan(0, space))] = int.Parse(line.AsSpan(space + 1));
            if (--acknowledgementsBeforeKill > 0 || killed) continue;
            process.Kill(); // SIGKILL: nothing in the process gets to tidy up
            killed = true;
        }
        await process.WaitForExitAsync();
        Assert.True(killed, "The writer ended by itself.");
    }

    private static string? IntegrityCheck(SqliteDatabase database)
    {
        using var connection = database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string?)command.ExecuteScalar();
    }
}
