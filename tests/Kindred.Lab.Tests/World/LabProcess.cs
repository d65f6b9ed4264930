using System.Diagnostics;
using System.Runtime.InteropServices;
using Kindred.Testing;

namespace Kindred.Lab.Tests.World;

/// <summary>A run of the built executable, as a user would start it.</summary>
internal static partial class LabProcess
{
    private const int Sigint = 2;
    private const int Sigkill = 9;

    public static async Task<LabResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndAsync(process);
    }

    /// <summary>Starts a run, waits until <paramref name="isReached"/>, and interrupts it as Ctrl-C does.</summary>
    public static Task<LabResult> InterruptAsync(Func<bool> isReached, params string[] arguments) => SignalAsync(Sigint, isReached, arguments);

    /// <summary>Starts a run, waits until <paramref name="isReached"/>, and kills it.</summary>
    public static Task<LabResult> KillAsync(Func<bool> isReached, params string[] arguments) => SignalAsync(Sigkill, isReached, arguments);

    private static async Task<LabResult> SignalAsync(int signal, Func<bool> isReached, string[] arguments)
    {
        using var process = Start(arguments);
        while (!isReached() && !process.HasExited)
            await Task.Delay(5);
        if (!process.HasExited)
            _ = Kill(process.Id, signal);
        return await EndAsync(process);
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Executable()) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static async Task<LabResult> EndAsync(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new LabResult(process.ExitCode, await output, await error);
    }

    private static string Executable()
    {
        var configuration = AppContext.BaseDirectory.Contains(
            $"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? "Debug"
            : "Release";
        var path = Path.Combine(RepositoryPaths.Root, "src", "Kindred.Lab", "bin", configuration, "net10.0", "kindred-lab");
        return File.Exists(path) ? path : throw new FileNotFoundException("Build src/Kindred.Lab first.", path);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
