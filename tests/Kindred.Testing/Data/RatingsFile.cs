using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Kindred.Testing.Data;

/// <summary>
/// A million interactions as a CSV file: MovieLens 1M where the shared data has it, else a generated stand-in of the same
/// size and shape (6,040 users, 3,706 items, long-tailed, users with tastes).
/// </summary>
public sealed class RatingsFile
{
    public const int RowCount = 1_000_209;
    private const int Users = 6_040;
    private const int Items = 3_706;
    private const int Genres = 18;

    private RatingsFile(string path, bool isMovieLens) => (Path, IsMovieLens) = (path, isMovieLens);

    /// <summary>USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE; <see cref="RowCount"/> rows.</summary>
    public string Path { get; }
    public bool IsMovieLens { get; }
    public string Name => IsMovieLens ? "MovieLens 1M" : "a stand-in of MovieLens 1M's size";

    public static RatingsFile WriteTo(string folder)
    {
        var path = System.IO.Path.Combine(folder, "ratings.csv");
        var source = RepositoryPaths.SharedData is { } shared ? System.IO.Path.Combine(shared, "ml-1m", "ratings.csv.gz") : null;
        using var writer = new StreamWriter(
            path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16) { NewLine = "\n" };
        writer.WriteLine("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE");
        var real = source is not null && File.Exists(source);
        if (real) CopyMovieLens(source!, writer);
        else Generate(writer);
        return new RatingsFile(path, real);
    }

    private static void CopyMovieLens(string source, StreamWriter writer)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(source), CompressionMode.Decompress));
        reader.ReadLine(); // user_id,item_id,rating,timestamp,ts_exact,sasrec_pos
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            writer.WriteLine($"{cells[0]},{cells[1]},{cells[3]},Watch");
        }
    }

    private static void Generate(StreamWriter writer)
    {
        var random = new Random(1);
        var weights = Enumerable.Range(0, Users).Select(_ => Math.Exp(1.1 * Gaussian(random))).ToArray();
        var perWeight = (RowCount - (20 * Users)) / weights.Sum();
        var written = 0;
        for (var user = 0; user < Users; user++)
        {
            var tastes = new[] { random.Next(Genres), random.Next(Genres), random.Next(Genres) };
            var count = user == Users - 1 ? RowCount - written : Math.Min(20 + (int)(weights[user] * perWeight), RowCount - written);
            var time = 956_700_000L + random.Next(80_000_000);
            for (var i = 0; i < count; i++, written++)
            {
                // Items are Zipf-like inside a genre; an item's genre is its number modulo the genres.
                var genre = random.NextDouble() < 0.8 ? tastes[random.Next(tastes.Length)] : random.Next(Genres);
                var rank = (int)((Items / Genres) * Math.Pow(random.NextDouble(), 2.2));
                writer.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture, $"{user + 1},{(rank * Genres) + genre + 1},{time += random.Next(1, 200)},Watch"));
            }
        }
    }

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
