using System.Globalization;

namespace Kindred.Bench.Kernels;

/// <param name="Rounds">Interleaved rounds per kernel; the report shows medians.</param>
/// <param name="Milliseconds">Length of one sample, at least.</param>
/// <param name="Threads">Of the second table of products; 1 = no such table. It wants a machine without other work.</param>
/// <param name="Python">Interpreter with numpy, scipy and torch.</param>
/// <param name="Only">Part of a kernel's name; null for all.</param>
/// <param name="Report">Where the markdown goes; null for standard output only.</param>
internal sealed record KernelsOptions(
    int Rounds = 9, int Milliseconds = 40, int Threads = 2, string Python = "/usr/bin/python3", string? Only = null, string? Report = null)
{
    public const string Usage =
        "Kindred.Bench kernels [--rounds 9] [--milliseconds 40] [--threads 2] [--python /usr/bin/python3] [--only NAME] [--report FILE.md]";

    public static KernelsOptions Read(string[] options)
    {
        var read = new KernelsOptions();
        for (var i = 0; i < options.Length; i += 2)
        {
            var value = i + 1 < options.Length ? options[i + 1] : throw new ArgumentException($"'{options[i]}' needs a value.");
            read = options[i] switch
            {
                "--rounds" => read with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--milliseconds" => read with { Milliseconds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--threads" => read with { Threads = int.Parse(value, CultureInfo.InvariantCulture) },
                "--python" => read with { Python = value },
                "--only" => read with { Only = value },
                "--report" => read with { Report = Path.GetFullPath(value) },
                var other => throw new ArgumentException($"'{other}' is not an option of this benchmark."),
            };
        }
        return read;
    }
}
