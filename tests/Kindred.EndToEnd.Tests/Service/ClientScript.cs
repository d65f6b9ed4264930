using System.Diagnostics;
using Kindred.Testing;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Service;

/// <summary>The scripts of tests/clients: client libraries as their publishers ship them.</summary>
internal static class ClientScript
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "tests", "clients");

    /// <summary>Skips the test where the SDK for JavaScript is not installed.</summary>
    public static async Task NeedsJavaScriptAsync()
    {
        Assert.SkipUnless(await RunsAsync("node", "--version"), "Node is not installed.");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules")), "The SDK packages are not installed: npm install in tests/clients.");
    }

    /// <summary>Skips the test where boto3 is not installed, or is older than operations that the scripts call.</summary>
    public static async Task NeedsBotoAsync() => Assert.SkipUnless(
        await RunsAsync("python3", "-c", "import boto3; boto3.client('personalize', region_name='us-east-1').update_solution"),
        "Python has no boto3, or one of before 2025 that does not know all operations.");

    /// <summary>Skips the test where the command line of AWS is not installed, or is older than options that the script gives.</summary>
    public static async Task NeedsCommandLineAsync() => Assert.SkipUnless(
        await RunsAsync("aws", "personalize", "update-solution", "--generate-cli-skeleton"),
        "The AWS command line is not installed, or one of before 2025 that does not know all operations.");

    /// <param name="buckets">The address of the S3 server that the host reads from; null for the host's own buckets.</param>
    /// <returns>Its exit code, and everything that it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(HostProcess host, string program, string script, string? buckets = null)
    {
        var start = StartInfo(program, script);
        start.Environment["KINDRED_URL"] = host.BaseAddress.GetLeftPart(UriPartial.Authority);
        start.Environment["KINDRED_ACCESS_KEY_ID"] = TestKey.Bootstrap.AccessKeyId;
        start.Environment["KINDRED_SECRET_ACCESS_KEY"] = TestKey.Bootstrap.SecretAccessKey;
        if (buckets is not null) start.Environment["KINDRED_S3_URL"] = buckets;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, $"{await output}\n{await errors}");
    }

    /// <summary>Runs a script that says at its end that it came there.</summary>
    public static async Task CompletesAsync(HostProcess host, string program, string script, string? buckets = null)
    {
        var (exitCode, output) = await RunAsync(host, program, script, buckets);

        Assert.True(exitCode == 0, $"{output}\n--- host:\n{host.Output}");
        Assert.Contains("life cycle complete", output, StringComparison.Ordinal);
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
        new(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
}
