using Kindred.Client;
using Kindred.Testing;
using Kindred.Testing.Hosting;
using Kindred.Testing.Telemetry;

namespace Kindred.Bench.Serving;

/// <summary>A started host of some build, with a client and a meter of its allocations.</summary>
internal sealed class MeasuredHost : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly TemporaryFolder _sockets;
    private readonly OtlpReceiver? _receiver;

    private MeasuredHost(HostBuild build, HostProcess process, AllocationMeter meter, TemporaryFolder sockets, OtlpReceiver? receiver)
    {
        (Build, Process, Meter, _sockets, _receiver) = (build, process, meter, sockets, receiver);
        _http = new HttpClient(Signer(new SocketsHttpHandler())) { BaseAddress = process.BaseAddress, Timeout = TimeSpan.FromMinutes(5) };
        Served = new ServedCampaigns(_http);
    }

    public HostBuild Build { get; }
    public HostProcess Process { get; }
    public AllocationMeter Meter { get; }
    public ServedCampaigns Served { get; }

    /// <param name="build">Whose executable is started.</param>
    /// <param name="dataPath">Its data folder, which it changes.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <param name="settings">Environment variables that it has beside the usual ones.</param>
    public static async Task<MeasuredHost> StartAsync(
        HostBuild build, string dataPath, CancellationToken stop, IReadOnlyDictionary<string, string>? settings = null)
    {
        var sockets = new TemporaryFolder();
        var meter = new AllocationMeter(sockets.Path);
        var receiver = build.Exports ? await OtlpReceiver.StartAsync() : null;
        // What a host can do, not what a campaign may ask of it.
        var limits = new Dictionary<string, string>
        {
            ["Kindred__Limits__RecommendationsPerSecondPerEndpoint"] = "0", ["Kindred__Limits__PutsPerSecondPerTarget"] = "0",
        };
        var environment = limits.Concat(meter.Environment).Concat(receiver?.Address ?? new Dictionary<string, string>()).Concat(settings ?? new Dictionary<string, string>()).ToDictionary();
        var options = new HostProcessOptions { DataPath = dataPath, Assembly = build.Assembly, Environment = environment };
        return new MeasuredHost(build, await HostProcess.StartAsync(options, stop), meter, sockets, receiver);
    }

    /// <summary>Signs as the first tenant of every host that the test harness starts.</summary>
    public static SigV4Handler Signer(HttpMessageHandler inner) =>
        new(TestKey.Bootstrap.AccessKeyId, TestKey.Bootstrap.SecretAccessKey, "us-east-1", TimeProvider.System, inner);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Process.DisposeAsync();
        if (_receiver is not null) await _receiver.DisposeAsync();
        _sockets.Dispose();
    }
}
