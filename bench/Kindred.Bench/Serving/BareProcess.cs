using System.Diagnostics;

namespace Kindred.Bench.Serving;

/// <summary>The baseline in a process of its own, as Kindred is.</summary>
internal sealed class BareProcess : IAsyncDisposable
{
    private readonly Process _process;

    private BareProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<BareProcess> StartAsync(int port)
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        var start = new ProcessStartInfo("dotnet", [typeof(BareProcess).Assembly.Location, "bare", address.GetLeftPart(UriPartial.Authority)]);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The bare server did not start.");
        using var http = new HttpClient { BaseAddress = address };
        for (var tries = 0; ; tries++)
        {
            try
            {
                await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative));
                return new BareProcess(process, address);
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
    }
}
