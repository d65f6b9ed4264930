using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing;
using Kindred.Testing.Hosting;
using Microsoft.Data.Sqlite;

namespace Kindred.EndToEnd.Tests.Host;

public sealed class HostProcessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_FolderOfAnEarlierStart_IsReadyAndMovesNothing()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await HostProcess.StartAsync(new() { DataPath = folder.Path }))
        {
            Assert.Contains("Database schema moved from 0", first.Output, StringComparison.Ordinal);
            Assert.Equal(0, await first.StopAsync(Stop));
        }

        await using var again = await HostProcess.StartAsync(new() { DataPath = folder.Path });
        Assert.DoesNotContain("Database schema moved", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_WithoutKey_Answers()
    {
        await using var host = await HostProcess.StartAsync();
        using var http = new HttpClient { BaseAddress = host.BaseAddress };

        Assert.Equal("live\n", await http.GetStringAsync(new Uri("/health/live", UriKind.Relative), Stop));
        Assert.Equal("ready\n", await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Stop));
    }

    [Fact]
    public async Task Start_NoBootstrapKey_PrintsOneThatWorksAndNeverAgain()
    {
        using var folder = new TemporaryFolder();
        var options = new HostProcessOptions
        {
            DataPath = folder.Path,
            Environment = new Dictionary<string, string>
            {
                ["Kindred__Bootstrap__AccountId"] = "",
                ["Kindred__Bootstrap__AccessKeyId"] = "",
                ["Kindred__Bootstrap__SecretAccessKey"] = "",
            },
        };
        string id, secret;
        await using (var first = await HostProcess.StartAsync(options))
        {
            id = Value(await first.WaitForLineAsync("access key id", TimeSpan.FromSeconds(5), Stop));
            secret = Value(await first.WaitForLineAsync("secret access key", TimeSpan.FromSeconds(5), Stop));
            using var client = new ServiceClient(first.BaseAddress, new TestKey("", id, secret));
            await client.CallAsync("ListSchemas", []);
            Assert.Equal(0, await first.StopAsync(Stop));
        }

        await using var second = await HostProcess.StartAsync(options);
        using var again = new ServiceClient(second.BaseAddress, new TestKey("", id, secret));
        await again.CallAsync("ListSchemas", []);

        Assert.DoesNotContain(secret, second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret access key", second.Output, StringComparison.Ordinal);

        // Should the last key that makes keys have ended all the same, somebody gets in again by a start.
        Assert.Equal(0, await second.StopAsync(Stop));
        await EndAllKeysAsync(folder.Path);
        await using var third = await HostProcess.StartAsync(options);
        var healed = Value(await third.WaitForLineAsync("access key id", TimeSpan.FromSeconds(5), Stop));
        Assert.NotEqual(id, healed);

        static string Value(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];
    }

    private static async Task EndAllKeysAsync(string dataPath)
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(dataPath, "kindred.db")};Pooling=False");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = """
            UPDATE OrleansStorage SET PayloadBinary = CAST(replace(CAST(PayloadBinary AS TEXT), '"revoked":false', '"revoked":true') AS BLOB)
            WHERE GrainTypeString = 'access-key/state'
            """;
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    [Fact]
    public async Task Start_BadSettings_SaysEachInOneLineAndExitsWithTwo()
    {
        await using var host = HostProcess.Launch(new() { Arguments = ["--Kindred:Region=here", "--Kindred:Jobs:MaxConcurrent=many"] });

        Assert.Equal(2, await host.WaitForExitAsync(Stop));

        Assert.Equal(2, host.Output.Split('\n').Length);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_SaysWhatToDoAndExitsWithOne()
    {
        await using var first = await HostProcess.StartAsync();
        await using var second = HostProcess.Launch(new() { Port = first.Port });

        Assert.Equal(1, await second.WaitForExitAsync(Stop));

        Assert.Contains("--urls", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FolderInUse_SaysWhatToDoAndExitsWithOne()
    {
        await using var first = await HostProcess.StartAsync();
        await using var second = HostProcess.Launch(new() { DataPath = first.DataPath });

        Assert.Equal(1, await second.WaitForExitAsync(Stop));

        Assert.Contains("Kindred:DataPath", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        Assert.False(first.HasExited);
    }

    [Fact]
    public async Task Stop_WhileAnUploadRuns_FinishesItAndExitsWithZero()
    {
        await using var host = await HostProcess.StartAsync();
        using var client = new ServiceClient(host);
        using var body = new GatedStream(1 << 20);
        var upload = client.Api.UploadAsync("drain", "file.bin", new StreamContent(body), GatedStream.HashOfZeros(1 << 20), Stop);
        await body.HalfSent;

        var exit = host.StopAsync(Stop);
        await host.WaitForLineAsync("Kindred stops", TimeSpan.FromSeconds(10), Stop);
        body.SendTheRest();

        await upload;
        Assert.Equal(0, await exit);
    }
}
