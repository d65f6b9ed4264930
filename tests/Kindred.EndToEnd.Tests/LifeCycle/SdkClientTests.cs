using System.Diagnostics;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.LifeCycle;

/// <summary>Runs the scripts of tests/clients: client libraries as their publishers ship them.</summary>
[Collection(SharedHostDefinition.Name)]
public sealed class SdkClientTests(SharedHost host)
{
    private static readonly string Clients = Path.Combine(RepositoryPaths.Root, "tests", "clients");

    [Theory, InlineData("lifecycle.mjs"), InlineData("recommenders.mjs"), InlineData("actions.mjs"), InlineData("attribution.mjs")]
    public async Task LifeCycle_JavaScriptSdk_Completes(string script)
    {
        Assert.SkipUnless(await RunsAsync("node", "--version"), "Node is not installed.");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Clients, "node_modules")), "The SDK packages are not installed: npm install in tests/clients.");

        await CompletesAsync("node", script);
    }

    [Fact]
    public async Task LifeCycle_Boto3_Completes()
    {
        Assert.SkipUnless(await RunsAsync("python3", "-c", "import boto3"), "Python has no boto3.");

        await CompletesAsync("python3", "lifecycle.py");
    }

    private async Task CompletesAsync(string program, string script)
    {
        var start = StartInfo(program, script);
        start.Environment["KINDRED_URL"] = host.Process.BaseAddress.GetLeftPart(UriPartial.Authority);
        start.Environment["KINDRED_ACCESS_KEY_ID"] = TestKey.Bootstrap.AccessKeyId;
        start.Environment["KINDRED_SECRET_ACCESS_KEY"] = TestKey.Bootstrap.SecretAccessKey;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"{await output}\n{await errors}\n--- host:\n{host.Process.Output}");
        Assert.Contains("life cycle complete", await output, StringComparison.Ordinal);
    }

    private static async Task<bool> RunsAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(StartInfo(program, arguments))!;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    }

    private static ProcessStartInfo StartInfo(string program, params string[] arguments) =>
        new(program, arguments) { WorkingDirectory = Clients, RedirectStandardOutput = true, RedirectStandardError = true };
}
