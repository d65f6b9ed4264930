using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Kindred.Testing;

namespace Kindred.Portal.Tests.Browsers;

/// <summary>nginx with the configuration of <c>docs/operations.md</c>, but for addresses and the certificate.</summary>
internal sealed partial class NginxProxy : IAsyncDisposable
{
    private const string Executable = "/usr/sbin/nginx";
    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private NginxProxy(TemporaryFolder folder, Process process, Uri address) => (_folder, _process, Address) = (folder, process, address);

    public static bool IsAvailable => File.Exists(Executable);

    public Uri Address { get; }

    /// <param name="port">Where the host listens.</param>
    public static async Task<NginxProxy> StartAsync(int port, CancellationToken stop)
    {
        var folder = new TemporaryFolder();
        var listen = FreePort();
        await WriteCertificateAsync(folder, stop);
        var documented = await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "docs", "operations.md"), stop);
        var server = Block().Match(documented).Groups[1].Value
            .Replace("listen 443 ssl", $"listen 127.0.0.1:{listen} ssl", StringComparison.Ordinal)
            .Replace("server_name kindred.example", "server_name localhost", StringComparison.Ordinal)
            .Replace("/etc/ssl/kindred.example", folder.At("site"), StringComparison.Ordinal)
            .Replace("127.0.0.1:5080", $"127.0.0.1:{port}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.At("nginx.conf"), $$"""
            daemon off; worker_processes 1; pid {{folder.At("pid")}}; error_log stderr notice;
            events { }
            http {
                access_log off;
                client_body_temp_path {{folder.At("body")}}; proxy_temp_path {{folder.At("proxy")}}; fastcgi_temp_path {{folder.At("fastcgi")}};
                uwsgi_temp_path {{folder.At("uwsgi")}}; scgi_temp_path {{folder.At("scgi")}};
            {{server}}
            }
            """, stop);
        var process = Process.Start(new ProcessStartInfo(Executable, ["-c", folder.At("nginx.conf"), "-p", folder.Path]) { RedirectStandardError = true })!;
        var said = "";
        while (await process.StandardError.ReadLineAsync(stop) is { } line)
        {
            said += line + "\n";
            if (!line.Contains("start worker process ", StringComparison.Ordinal)) continue;
            _ = process.StandardError.ReadToEndAsync(CancellationToken.None); // or it would fill up
            return new NginxProxy(folder, process, new Uri($"https://localhost:{listen}"));
        }
        throw new InvalidOperationException($"nginx did not start:\n{said}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static async Task WriteCertificateAsync(TemporaryFolder folder, CancellationToken stop)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(folder.At("site.pem"), certificate.ExportCertificatePem(), stop);
        await File.WriteAllTextAsync(folder.At("site.key"), key.ExportPkcs8PrivateKeyPem(), stop);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("```nginx\n(.*?)```", RegexOptions.Singleline)] private static partial Regex Block();
}
