using System.Diagnostics;
using System.Globalization;
using Kindred.Testing;

namespace Kindred.Bench.Serving;

/// <summary>A data folder with trained campaigns, of which every measured host gets a copy: so all of them serve the same models.</summary>
internal sealed class TrainedData : IDisposable
{
    private readonly TemporaryFolder? _own;
    private readonly string _folder;

    private TrainedData(string? folder, TemporaryFolder? own, string notes) => (_folder, _own, Notes) = (folder ?? own!.Path, own, notes);

    /// <summary>How long import and training took; lines of the report.</summary>
    public string Notes { get; }

    /// <summary>Takes the given folder, or has the first host import and train.</summary>
    public static async Task<TrainedData> PrepareAsync(ServingOptions options, string csv, IReadOnlyList<string> recipes)
    {
        if (options.Data is { } given)
        {
            var notes = Directory.Exists(given)
                ? $"Models of an earlier run ({Path.GetFileName(given)})."
                : await TrainAsync(options.Hosts[0], given, csv, recipes);
            return new TrainedData(given, null, notes);
        }
        var folder = new TemporaryFolder();
        try
        {
            return new TrainedData(null, folder, await TrainAsync(options.Hosts[0], folder.Path, csv, recipes));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public TemporaryFolder Copy() => CopyOf(_folder);

    public static TemporaryFolder CopyOf(string folder)
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = copy.At(Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public void Dispose() => _own?.Dispose();

    private static async Task<string> TrainAsync(HostBuild build, string folder, string csv, IReadOnlyList<string> recipes)
    {
        await using var host = await MeasuredHost.StartAsync(build, folder, CancellationToken.None);
        var import = await host.Served.ImportAsync(csv, CancellationToken.None);
        var rows = File.ReadLines(csv).Count() - 1;
        var notes = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"Import (CreateDatasetImportJob to ACTIVE): {import.TotalSeconds:F1} s, {rows / import.TotalSeconds:N0} rows/s."),
        };
        var clock = Stopwatch.StartNew();
        foreach (var recipe in recipes)
        {
            var training = await host.Served.DeployAsync(recipe, CancellationToken.None);
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"First model (CreateSolutionVersion to ACTIVE, metrics included), {recipe}: {training.TotalSeconds:F1} s."));
        }

        await host.Served.UntilIdleAsync(CancellationToken.None);
        notes.Add(string.Create(
            CultureInfo.InvariantCulture, $"All full models, from the first CreateSolutionVersion: {clock.Elapsed.TotalSeconds:F1} s."));
        notes.Add($"Peak resident memory of the host after training: {host.Process.PeakResidentBytes() >> 20} MiB.");
        await host.Process.StopAsync();
        return string.Join('\n', notes);
    }
}
