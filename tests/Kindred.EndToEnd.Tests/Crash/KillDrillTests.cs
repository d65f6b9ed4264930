using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Crash;

/// <summary>
/// kill -9 at random moments while one data folder is imported into, trained on and written to. After each restart
/// everything that was acknowledged is there, every job goes on or has failed with a reason, and nothing half made is served.
/// </summary>
public sealed class KillDrillTests
{
    private static readonly int Rounds = Drills.Long ? 12 : 3;
    private static readonly TimeSpan JobsEndWithin = TimeSpan.FromMinutes(3);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KillNine_AtRandomMoments_LosesNothingAcknowledged()
    {
        TestContext.Current.SendDiagnosticMessage($"seed {Drills.Seed}");
        var random = new Random(Drills.Seed);
        using var folder = new TemporaryFolder();
        var ledger = new Ledger();
        await PrepareAsync(folder.Path, ledger);
        for (var round = 1; round <= Rounds; round++)
        {
            await using (var host = await HostProcess.StartAsync(new() { DataPath = folder.Path }))
            {
                var killAfter = TimeSpan.FromMilliseconds(random.Next(50, 4_000));
                TestContext.Current.SendDiagnosticMessage($"round {round}: kill after {killAfter.TotalMilliseconds:F0} ms");
                using var killed = new CancellationTokenSource();
                var work = Task.WhenAll(
                    ledger.CreateResourcesAsync(host, round, killed.Token), ledger.ImportAndTrainAsync(host, round, killed.Token),
                    ledger.SendEventsAsync(host, round, killed.Token));
                await Task.Delay(killAfter, Stop);
                await host.KillAsync();
                await killed.CancelAsync();
                await work;
            }

            await using var survivor = await HostProcess.StartAsync(new() { DataPath = folder.Path });
            await ledger.VerifyAsync(survivor, JobsEndWithin);
            Assert.Equal(0, await survivor.StopAsync(Stop));
        }

        TestContext.Current.SendDiagnosticMessage(ledger.Summary);
    }

    private static async Task PrepareAsync(string dataPath, Ledger ledger)
    {
        await using var host = await HostProcess.StartAsync(new() { DataPath = dataPath });
        using var client = new ServiceClient(host);
        ledger.Shop = await SmallShop.BuildAsync(client, "drill");
        Assert.Equal(0, await host.StopAsync(Stop));
    }
}
