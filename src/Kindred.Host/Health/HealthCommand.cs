using System.Net.Security;
using Kindred.Host.Settings;
using Kindred.Host.Starting;

namespace Kindred.Host.Health;

/// <summary>
/// The command <c>health</c>: asks the host that runs with the same settings whether it takes work. For supervisors that can only start a
/// program, such as a container's health check where there is no shell.
/// </summary>
internal static class HealthCommand
{
    public const string Name = "health";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <returns>0 when the host is ready, 1 when it is not or does not answer, 2 when the command line is wrong.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output)
    {
        var arguments = HostArguments.Parse(args, out var faults);
        foreach (var fault in faults) await output.WriteLineAsync(fault);
        if (faults.Count > 0) return ExitCodes.BadSettings;

        var address = ListenAddresses.ToCall(ListenAddresses.Of(StartRequest.ReadConfiguration(arguments))[0]);
        // On the way to the same machine; its certificate names the public address, and may be signed by nobody whom this machine knows.
        using var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = static (_, _, _, faults) => faults is not SslPolicyErrors.RemoteCertificateNotAvailable },
        };
        using var http = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(new Uri(address, "/health/ready"));
            await output.WriteAsync(await answer.Content.ReadAsStringAsync());
            return answer.IsSuccessStatusCode ? ExitCodes.Success : ExitCodes.Failed;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await output.WriteLineAsync($"{address} does not answer: {failure.Message}");
            return ExitCodes.Failed;
        }
    }
}
