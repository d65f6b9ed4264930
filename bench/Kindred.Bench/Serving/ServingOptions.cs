using System.Globalization;

namespace Kindred.Bench.Serving;

/// <summary>What <c>serving</c> measures.</summary>
internal sealed record ServingOptions
{
    /// <summary>Interleaved rounds per endpoint; the report shows medians.</summary>
    public int Rounds { get; private init; } = 5;
    /// <summary>Length of one round.</summary>
    public int Seconds { get; private init; } = 8;
    /// <summary>Connections that wrk keeps open, from one thread.</summary>
    public int Connections { get; private init; } = 32;
    /// <summary>
    /// CSV with USER_ID, ITEM_ID, TIMESTAMP, EVENT_TYPE; null for MovieLens 1M where the shared data has it, else a generated
    /// stand-in of its size. With <see cref="Data"/> it only tells whom to ask for.
    /// </summary>
    public string? Interactions { get; private init; }
    /// <summary>
    /// A data folder with trained models: filled by the first run that names it, and copied, never opened, by later ones. Null for one that goes with
    /// the run.
    /// </summary>
    public string? Data { get; private init; }
    /// <summary>The builds to be measured; the first is what the others are compared with. Empty for this repository's own.</summary>
    public IReadOnlyList<HostBuild> Hosts { get; private init; } = [];
    /// <summary>Where the markdown goes; null for standard output only.</summary>
    public string? Report { get; private init; }

    public static ServingOptions Read(string[] options)
    {
        var read = new ServingOptions();
        for (var i = 0; i < options.Length; i += 2)
        {
            var value = i + 1 < options.Length ? options[i + 1] : throw new ArgumentException($"'{options[i]}' needs a value.");
            read = options[i] switch
            {
                "--rounds" => read with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => read with { Seconds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--connections" => read with { Connections = int.Parse(value, CultureInfo.InvariantCulture) },
                "--interactions" => read with { Interactions = Path.GetFullPath(value) },
                "--data" => read with { Data = Path.GetFullPath(value) },
                "--host" => read with { Hosts = [.. read.Hosts, HostBuild.Parse(value)] },
                "--exporting-host" => read with { Hosts = [.. read.Hosts, HostBuild.Parse(value) with { Exports = true }] },
                "--report" => read with { Report = Path.GetFullPath(value) },
                var other => throw new ArgumentException($"'{other}' is not an option of this benchmark."),
            };
        }

        return read.Hosts.Count > 0 ? read : read with { Hosts = [new HostBuild("Kindred", null)] };
    }
}
