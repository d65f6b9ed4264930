using System.Diagnostics;
using System.Text.Json;
using Kindred.Bench.Reports;

namespace Kindred.Bench.Peers;

/// <summary>
/// A Python process with a script of bench/peers that stays alive between measurements: a request is a line of JSON, so is its answer.
/// Importing torch takes seconds; a measurement takes milliseconds.
/// </summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process _process;

    /// <param name="python">The interpreter; the packages are Debian's.</param>
    /// <param name="script">File name in bench/peers.</param>
    /// <param name="threads">For OpenBLAS, OpenMP and torch.</param>
    public PythonPeer(string python, string script, int threads)
    {
        var start = new ProcessStartInfo(
            python,
            [Path.Combine(Repository.Folder, "bench", "peers", script)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var name in new[] { "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS" })
            start.Environment[name] = threads.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // The OpenBLAS of Debian 12 takes its AVX2 kernels on processors that are newer than it is.
        if (File.Exists("/proc/cpuinfo") && File.ReadAllText("/proc/cpuinfo").Contains("avx512f", StringComparison.Ordinal))
            start.Environment["OPENBLAS_CORETYPE"] = "SKYLAKEX";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"'{python}' did not start.");
    }

    /// <returns>The answer, or null if the script ended, for instance because a package is missing; it says why on standard error.</returns>
    public T? Ask<T>(object request)
    {
        if (_process.HasExited)
            return default;
        try
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(request, JsonSerializerOptions.Web));
            return _process.StandardOutput.ReadLine() is { } line ? JsonSerializer.Deserialize<T>(line, JsonSerializerOptions.Web) : default;
        }
        catch (IOException)
        {
            return default; // it ended between the two lines
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close(); // the end of its loop
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process.Dispose();
    }
}
