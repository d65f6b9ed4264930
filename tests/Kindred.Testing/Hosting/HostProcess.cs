using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Kindred.Testing.Hosting;

/// <summary>A real Kindred process on a free port of this machine, as a user would start it.</summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private const int Sigkill = 9;
    private const int Sigterm = 15;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _awaited = new();
    private readonly TemporaryFolder? _ownFolder;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(HostProcessOptions options)
    {
        Port = options.Port ?? FindFreePort();
        _ownFolder = options.DataPath is null ? new TemporaryFolder() : null;
        DataPath = options.DataPath ?? _ownFolder!.Path;
        Directory.CreateDirectory(DataPath);
        _process = new Process { StartInfo = StartInfo(options), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, e) => Hear(e.Data);
        _process.ErrorDataReceived += (_, e) => Hear(e.Data);
        _process.Exited += (_, _) => _ended.TrySetResult();
    }

    public int Port { get; }
    public string DataPath { get; }
    public Uri BaseAddress => new($"http://127.0.0.1:{Port}");
    public int Id => _process.Id;
    /// <summary>Completes when the process is gone. Any number of callers may wait for it.</summary>
    public Task Ended => _ended.Task;
    public bool HasExited => _process.HasExited;
    public int ExitCode => _process.ExitCode;
    /// <summary>Everything that the process has written so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>From the process's start until <c>/health/ready</c> answered 200.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Starts a host and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended or did not become ready in time; the message holds its output.</exception>
    public static async Task<HostProcess> StartAsync(HostProcessOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new HostProcessOptions();
        var host = Launch(options);
        await host.UntilReadyAsync(options.ReadyWithin, cancellationToken);
        return host;
    }

    /// <summary>Starts a host without waiting for anything.</summary>
    public static HostProcess Launch(HostProcessOptions options)
    {
        var host = new HostProcess(options);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Waits for a line that contains <paramref name="text"/>; a line that was already written counts.</summary>
    public async Task<string> WaitForLineAsync(string text, TimeSpan within, CancellationToken cancellationToken = default)
    {
        var awaited = _awaited.GetOrAdd(text, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_lines.FirstOrDefault(l => l.Contains(text, StringComparison.Ordinal)) is { } earlier) awaited.TrySetResult(earlier);
        if (await Task.WhenAny(awaited.Task, _ended.Task, Task.Delay(within, cancellationToken)) == awaited.Task) return await awaited.Task;
        throw new InvalidOperationException(
            $"The host did not write '{text}' within {within}{(HasExited ? $"; it ended with {ExitCode}" : "")}. Output:\n{Output}");
    }

    /// <summary>Asks it to end as an operator does, and waits.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken = default)
    {
        Signal(Sigterm);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>kill -9: it gets no chance to write anything more.</summary>
    public async Task KillAsync()
    {
        Signal(Sigkill);
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself and all its output has been read.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Memory in use now, in bytes: what the kernel calls VmRSS, without mapped files.</summary>
    public long ResidentBytes() => ReadStatus("RssAnon");

    /// <summary>The most memory it ever had resident, mapped files included, in bytes (VmHWM).</summary>
    public long PeakResidentBytes() => ReadStatus("VmHWM");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        _ownFolder?.Dispose();
    }

    private async Task UntilReadyAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = BaseAddress, Timeout = TimeSpan.FromSeconds(5) };
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < within && !_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    ReadyAfter = DateTime.Now - _process.StartTime;
                    return;
                }
            }
            catch (Exception notYet) when (
                notYet is HttpRequestException || (notYet is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // Not listening yet, or too busy to answer.
            }

            await Task.WhenAny(Task.Delay(20, cancellationToken), _ended.Task);
        }

        var state = _process.HasExited ? $"ended with {_process.ExitCode}" : $"was not ready within {within}";
        var output = Output;
        await DisposeAsync();
        throw new InvalidOperationException($"The host {state}. Output:\n{output}");
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        foreach (var (text, awaited) in _awaited)
        {
            if (line.Contains(text, StringComparison.Ordinal)) awaited.TrySetResult(line);
        }
    }

    private ProcessStartInfo StartInfo(HostProcessOptions options)
    {
        var assembly = options.Assembly ?? HostAssembly();
        var isProgram = !assembly.EndsWith(".dll", StringComparison.Ordinal);
        var start = new ProcessStartInfo(isProgram ? assembly : DotnetPath())
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = DataPath,
        };
        if (!isProgram) start.ArgumentList.Add(assembly);
        foreach (var argument in options.Arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add($"--urls={BaseAddress.GetLeftPart(UriPartial.Authority)}");
        start.ArgumentList.Add($"--Kindred:DataPath={DataPath}");
        start.Environment["Kindred__Bootstrap__AccountId"] = TestKey.Bootstrap.Account;
        start.Environment["Kindred__Bootstrap__AccessKeyId"] = TestKey.Bootstrap.AccessKeyId;
        start.Environment["Kindred__Bootstrap__SecretAccessKey"] = TestKey.Bootstrap.SecretAccessKey;
        foreach (var (name, value) in options.Environment) start.Environment[name] = value;
        return start;
    }

    private static string HostAssembly()
    {
        var configuration = AppContext.BaseDirectory.Contains(
            $"{Path.DirectorySeparatorChar}Debug{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? "Debug"
            : "Release";
        var path = Path.Combine(RepositoryPaths.Root, "src", "Kindred.Host", "bin", configuration, "net10.0", "Kindred.Host.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("Build src/Kindred.Host first.", path);
    }

    private static string DotnetPath() => Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet" ? self : "dotnet";

    private static int FindFreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private long ReadStatus(string field)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(field + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }

    private void Signal(int signal)
    {
        if (!_process.HasExited && Kill(_process.Id, signal) != 0 && !_process.HasExited)
            throw new InvalidOperationException($"Signal {signal} did not reach process {_process.Id}.");
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
