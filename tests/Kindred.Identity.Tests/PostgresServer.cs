using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Kindred.Testing;

namespace Kindred.Identity.Tests;

/// <summary>A PostgreSQL server of this run alone, from Debian's binaries; null where there are none.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _binaries;
    private readonly int _port = FreePort();

    private PostgresServer(string binaries) => _binaries = binaries;

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=kindred;Database=postgres;Pooling=false";

    public static async Task<PostgresServer?> StartAsync()
    {
        const string root = "/usr/lib/postgresql";
        var binaries = Directory.Exists(root)
            ? Directory.GetDirectories(root).Select(d => Path.Combine(d, "bin")).LastOrDefault(d => File.Exists(Path.Combine(d, "initdb")))
            : null;
        if (binaries is null) return null;
        var server = new PostgresServer(binaries);
        var data = Path.Combine(server._folder.Path, "data");
        // It refuses to run as root.
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", server._folder.Path);
        await server.RunAsOwnerAsync("initdb", "-D", data, "-U", "kindred", "-A", "trust", "--no-sync");
        await server.RunAsOwnerAsync("pg_ctl", "-D", data, "-w", "-l", Path.Combine(server._folder.Path, "log"),
            "-o", $"-p {server._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={server._folder.Path} -c fsync=off", "start");
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsOwnerAsync("pg_ctl", "-D", Path.Combine(_folder.Path, "data"), "-m", "immediate", "-w", "stop");
        _folder.Dispose();
    }

    private Task RunAsOwnerAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_binaries, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // What the server inherits must not keep this process's pipes open.
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
        })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
