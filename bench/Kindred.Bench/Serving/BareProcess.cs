using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Kindred.Testing;

namespace Kindred.Bench.Serving;

/// <summary>The baseline in a process of its own, as Kindred is.</summary>
internal sealed class BareProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TemporaryFolder _sockets;

    private BareProcess(Process process, Uri address, AllocationMeter meter, TemporaryFolder sockets) =>
        (_process, Address, Meter, _sockets) = (process, address, meter, sockets);

    public int Id => _process.Id;
    public Uri Address { get; }
    public AllocationMeter Meter { get; }

    public static async Task<BareProcess> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FindFreePort()}");
        var sockets = new TemporaryFolder();
        var meter = new AllocationMeter(sockets.Path);
        string[] arguments = [typeof(BareProcess).Assembly.Location, "bare", address.GetLeftPart(UriPartial.Authority)];
        var start = new ProcessStartInfo("dotnet", arguments);
        foreach (var (name, value) in meter.Environment) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The bare server did not start.");
        using var http = new HttpClient { BaseAddress = address };
        for (var tries = 0; ; tries++)
        {
            try
            {
                await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative));
                return new BareProcess(process, address, meter, sockets);
            }
            catch (HttpRequestException) when (tries < 500 && !process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _sockets.Dispose();
    }

    private static int FindFreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
