using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Deploy;

[UnsupportedOSPlatform("windows")]
public sealed class PublishedHostTests
{
    private const string Nobody = "65534";
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    [Fact]
    public async Task Image_ItsPublishStepAndItsSettings_MakeAHostThatWritesToItsVolumeAlone()
    {
        using var folder = new TemporaryFolder();
        var (context, application, volume) = (folder.At("context"), folder.At("app"), folder.At("data"));
        Directory.CreateDirectory(context);
        Directory.CreateDirectory(volume);
        ImageRecipe.CopyContextTo(context);
        var publish = Start("dotnet", ImageRecipe.PublishArguments(application), context);
        publish.Environment["UseSharedCompilation"] = "true"; // as in an image's build; a machine's own environment may say otherwise
        var published = await RunAsync(publish);
        Assert.True(published.ExitCode == 0, published.Output);
        MakeReadOnly(application);
        OpenTo(folder.Path, volume);
        var before = Directory.GetFiles(application, "*", SearchOption.AllDirectories).Length;
        var port = FreePort();

        using (var host = Process.Start(InContainer([Path.Combine(application, "Kindred.Host")], application, volume, port))!)
        {
            foreach (var check in ImageRecipe.HealthChecks())
            {
                string[] command = [check[0].Replace("/app", application, StringComparison.Ordinal), .. check[1..]];
                await Eventually.IsTrueAsync(async () => host.HasExited || (await RunAsync(InContainer(command, application, volume, port))).ExitCode == 0);
                Assert.False(host.HasExited);
            }
            using (var client = new ServiceClient(new Uri($"http://127.0.0.1:{port}"), TestKey.Bootstrap))
            {
                var shop = await SmallShop.BuildAsync(client, "image", "aws-popularity-count");
                Assert.NotEmpty(await client.RecommendAsync(shop.CampaignArn, "user-5"));
            }
            using (var stop = Process.Start("kill", ["-TERM", host.Id.ToString(CultureInfo.InvariantCulture)]))
                await stop.WaitForExitAsync(TestContext.Current.CancellationToken);
            await host.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, host.ExitCode);
        }

        Assert.Equal(before, Directory.GetFiles(application, "*", SearchOption.AllDirectories).Length);
        Assert.True(File.Exists(Path.Combine(volume, "kindred.db")));
        Directory.EnumerateDirectories(application, "*", SearchOption.AllDirectories).Append(application).ToList()
            .ForEach(path => File.SetUnixFileMode(path, ReadOnly | UnixFileMode.UserWrite)); // so that it can be deleted
    }

    [Fact]
    public async Task DockerfileAndCompose_PassLintAndSchema()
    {
        var checks = Path.Combine(RepositoryPaths.Root, "tests", "deploy");
        Assert.SkipUnless(Directory.Exists(Path.Combine(checks, "node_modules")), "The linter is not installed: npm install in tests/deploy.");

        var result = await RunAsync(Start("node", ["check.mjs", ImageRecipe.DockerfilePath, ImageRecipe.ComposePath], checks));

        Assert.True(result.ExitCode == 0, result.Output);
    }

    /// <summary>As the image's user, or as nobody in particular, with nothing in the environment but what image and compose put there.</summary>
    private static ProcessStartInfo InContainer(string[] command, string application, string volume, int port)
    {
        string[] asNobody = Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--no-new-privs", .. command] : command;
        var start = Start(asNobody[0], asNobody[1..], volume);
        start.Environment.Clear();
        foreach (var (name, value) in ImageRecipe.Environment())
            start.Environment[name] = value.Replace("/app", application, StringComparison.Ordinal).Replace("/data", volume, StringComparison.Ordinal);
        foreach (var name in (string[])["PATH", "DOTNET_ROOT"]) start.Environment[name] = Environment.GetEnvironmentVariable(name);
        start.Environment["ASPNETCORE_HTTP_PORTS"] = port.ToString(CultureInfo.InvariantCulture);
        start.Environment["Kindred__Bootstrap__AccountId"] = TestKey.Bootstrap.Account;
        start.Environment["Kindred__Bootstrap__AccessKeyId"] = TestKey.Bootstrap.AccessKeyId;
        start.Environment["Kindred__Bootstrap__SecretAccessKey"] = TestKey.Bootstrap.SecretAccessKey;
        return start;
    }

    private static ProcessStartInfo Start(string program, IEnumerable<string> arguments, string folder) =>
        new(program, arguments) { WorkingDirectory = folder };

    private static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private static void MakeReadOnly(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) File.SetUnixFileMode(file, ReadOnly);
        foreach (var inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder)) File.SetUnixFileMode(inner, ReadOnly);
    }

    /// <summary>The volume belongs to the image's user; the way to it is open.</summary>
    private static void OpenTo(string root, string volume)
    {
        File.SetUnixFileMode(root, ReadOnly | UnixFileMode.UserWrite);
        File.SetUnixFileMode(volume, ReadOnly | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
