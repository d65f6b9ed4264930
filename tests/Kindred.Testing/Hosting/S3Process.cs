using System.Diagnostics;

namespace Kindred.Testing.Hosting;

/// <summary>A started s3rver (a Node package of <c>tests/clients</c>), or the reason why there is none.</summary>
public sealed class S3Process : IAsyncDisposable
{
    /// <summary>Its one access key, and the secret of it.</summary>
    public const string AccessKey = "S3RVER";

    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    private S3Process()
    {
    }

    /// <summary>Where it listens; null when there is none.</summary>
    public string? Address { get; private set; }
    public string Absence { get; private set; } = "";

    /// <param name="buckets">The buckets that it begins with, empty.</param>
    public static async Task<S3Process> StartAsync(params string[] buckets)
    {
        var server = new S3Process();
        var script = Path.Combine(RepositoryPaths.Root, "tests", "clients", "node_modules", "s3rver", "bin", "s3rver.js");
        if (File.Exists(script)) await server.StartAsync(script, buckets);
        else server.Absence = "s3rver is not installed: run npm install in tests/clients.";
        return server;
    }

    public ValueTask DisposeAsync()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _folder.Dispose();
        return default;
    }

    private async Task StartAsync(string script, string[] buckets)
    {
        string[] arguments = [script, "-d", _folder.Path, "-a", "127.0.0.1", "-p", "0", "--no-vhost-buckets"];
        try
        {
            _process = Process.Start(
                new ProcessStartInfo("node", [.. arguments, .. buckets.SelectMany(bucket => new[] { "--configure-bucket", bucket })])
                {
                    RedirectStandardOutput = true,
                })!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Absence = $"Node.js cannot be started: {missing.Message}";
            return;
        }
        const string Announcement = "S3rver listening on ";
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains(Announcement, StringComparison.Ordinal)) continue;
            Address = "http://" + line[(line.IndexOf(Announcement, StringComparison.Ordinal) + Announcement.Length)..].Trim();
            _ = _process.StandardOutput.ReadToEndAsync(); // it logs every request; a full pipe would stop it
            return;
        }
        throw new InvalidOperationException("s3rver ended without listening.");
    }
}
