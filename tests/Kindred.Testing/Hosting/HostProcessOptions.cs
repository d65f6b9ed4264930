namespace Kindred.Testing.Hosting;

/// <summary>How a host is started for a test.</summary>
public sealed record HostProcessOptions
{
    /// <summary>The data folder; null for a fresh one that is deleted with the host.</summary>
    public string? DataPath { get; init; }
    /// <summary>Path of the <c>Kindred.Host.dll</c> to start, such as an earlier release's; null for this repository's build.</summary>
    public string? Assembly { get; init; }
    /// <summary>Command and options before the ones that the test harness adds, such as <c>demo</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
    /// <summary>The port of an earlier host, to come back under the same address; null for a free one.</summary>
    public int? Port { get; init; }
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(60);
}
