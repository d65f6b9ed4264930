using System.Globalization;
using System.IO.Compression;
using Kindred.Recipes.Interactions;

namespace Kindred.Bench.Training;

/// <summary>Interactions as the benchmarks take them.</summary>
internal static class InteractionFile
{
    /// <summary>A CSV with a header: columns that begin with user and item, and sasrec_pos or timestamp for the order; -1 = left out.</summary>
    /// <param name="path">Compressed where it ends in .gz.</param>
    public static InteractionLog Read(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        var header = (reader.ReadLine() ?? "").ToLowerInvariant().Split(',');
        int Column(string name) => Array.FindIndex(header, column => column.StartsWith(name, StringComparison.Ordinal));
        var (user, item, time) = (Column("user"), Column("item"), Column("sasrec_pos") >= 0 ? Column("sasrec_pos") : Column("timestamp"));
        if (user < 0 || item < 0 || time < 0)
            throw new ArgumentException($"'{path}' has the columns {string.Join(", ", header)}; user, item and timestamp were expected.");
        var builder = new InteractionLogBuilder();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells[time] != "-1")
                builder.Add(cells[user], cells[item], long.Parse(cells[time], CultureInfo.InvariantCulture));
        }
        return builder.Build();
    }
}
