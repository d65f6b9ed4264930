using System.Globalization;
using System.Runtime.Versioning;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Host;

/// <summary>Whoever can connect to a silo is a member of its cluster: a deployment of one process listens for HTTP, and for nothing else.</summary>
public sealed class OpenPortTests
{
    private const string Listening = "0A";

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task AProcess_ListensForHttpAlone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sockets are read from /proc.");
        await using var host = await HostProcess.StartAsync();

        Assert.Equal([host.Port], PortsOf(host.Id));
    }

    [SupportedOSPlatform("linux")]
    private static int[] PortsOf(int process)
    {
        var sockets = Directory.GetFiles($"/proc/{process}/fd").Select(TargetOf).ToHashSet();
        return [.. new[] { "tcp", "tcp6" }.SelectMany(table => File.ReadLines($"/proc/{process}/net/{table}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[3] == Listening && sockets.Contains($"socket:[{columns[9]}]"))
            .Select(columns => int.Parse(columns[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Order()];
    }

    // Files are opened and closed while one looks.
    private static string? TargetOf(string file)
    {
        try
        {
            return File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
