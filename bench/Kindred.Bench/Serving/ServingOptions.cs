using System.Globalization;

namespace Kindred.Bench.Serving;

/// <param name="Rounds">Interleaved rounds per endpoint; the report shows medians.</param>
/// <param name="Seconds">Length of one round.</param>
/// <param name="Connections">Connections that wrk keeps open, from one thread.</param>
/// <param name="Interactions">CSV with USER_ID, ITEM_ID, TIMESTAMP, EVENT_TYPE; null for MovieLens 1M where the shared data has it, else a generated stand-in of its size.</param>
/// <param name="Report">Where the markdown goes; null for standard output only.</param>
internal sealed record ServingOptions(int Rounds = 5, int Seconds = 8, int Connections = 32, string? Interactions = null, string? Report = null)
{
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
                "--report" => read with { Report = Path.GetFullPath(value) },
                var other => throw new ArgumentException($"'{other}' is not an option of this benchmark."),
            };
        }

        return read;
    }
}
