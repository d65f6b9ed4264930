using System.Globalization;
using Kindred.Bench.Reports;
using Kindred.Bench.Serving;

namespace Kindred.Bench.Load;

/// <summary>What <c>load</c> measures.</summary>
internal sealed record LoadOptions
{
    public const string Usage =
        "Kindred.Bench load [--data FOLDER] [--interactions FILE.csv] [--modes first,again,mixed,filtered,ranking] [--rounds 3] "
        + "[--seconds 6] [--connections 32] [--host LABEL=Kindred.Host.dll]... [--report FILE.md]";

    /// <summary>Data, hosts, rounds of so many seconds, connections and report, as <c>serving</c> reads them.</summary>
    public required ServingOptions Serving { get; init; }
    public required IReadOnlyList<LoadMode> Modes { get; init; }

    public static LoadOptions Read(string[] options)
    {
        var names = Options.Find(options, "--modes")?.Split(',');
        var unknown = names?.FirstOrDefault(name => LoadMode.All.All(mode => mode.Name != name));
        if (unknown is not null)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"'{unknown}' is no mode; {string.Join(", ", LoadMode.All.Select(mode => mode.Name))} were expected."));
        string[] others = [.. options.Where((_, i) => options[i] != "--modes" && (i == 0 || options[i - 1] != "--modes"))];
        var serving = ServingOptions.Read(["--rounds", "3", "--seconds", "6", .. others]);
        return new() { Serving = serving, Modes = [.. LoadMode.All.Where(mode => names is null || names.Contains(mode.Name))] };
    }
}
