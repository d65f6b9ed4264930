using System.Diagnostics;

namespace Kindred.Storage.Tests.Objects;

/// <summary>A started s3rver (a Node package of <c>tests/clients</c>), or the reason why there is none.</summary>
public sealed class S3Server : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Process? _process;

    public string? Address { get; private set; }
    public string Absence { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var script = Path.Combine(RepositoryPaths.Root, "tests", "clients", "node_modules", "s3rver", "bin", "s3rver.js");
        if (!File.Exists(script))
        {
            Absence = "s3rver is not installed: run npm install in tests/clients.";
            return;
        }
        try
        {
            _process = Process.Start(new ProcessStartInfo("node",
                [
                    script, "-d", _folder.Path, "-a", "127.0.0.1", "-p", "0", "--no-vhost-buckets", "--configure-bucket", "shop",
                    "--configure-bucket", "others",
                ])
            { RedirectStandardOutput = true })!;
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

    public ValueTask DisposeAsync()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _folder.Dispose();
        return default;
    }
}
