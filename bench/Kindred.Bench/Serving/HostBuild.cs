namespace Kindred.Bench.Serving;

/// <summary>A build of the service.</summary>
/// <param name="Label">Its name in the report.</param>
/// <param name="Assembly">Path of its <c>Kindred.Host.dll</c>; null for this repository's own.</param>
/// <param name="Exports">Whether it sends its traces, metrics and logs to a receiver of the benchmark.</param>
internal sealed record HostBuild(string Label, string? Assembly, bool Exports = false)
{
    /// <param name="text"><c>label=path</c>, or a path, which is its own label then.</param>
    public static HostBuild Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var path = Path.GetFullPath(text[(at + 1)..]);
        if (!File.Exists(path))
            throw new ArgumentException($"--host names '{path}', which is not a file; Kindred.Host.dll of a build was expected.");
        return new HostBuild(at > 0 ? text[..at] : text, path);
    }
}
