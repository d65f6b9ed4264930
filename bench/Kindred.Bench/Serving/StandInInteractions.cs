using System.Globalization;

namespace Kindred.Bench.Serving;

/// <summary>A million interactions of the shape of ML-1M: 6,000 users, 3,700 items, long-tailed, with tastes.</summary>
internal static class StandInInteractions
{
    private const int Users = 6_000;
    private const int Items = 3_700;
    private const int Rows = 1_000_000;
    private const int Tastes = 20;

    public static string Write(string folder)
    {
        var path = Path.Combine(folder, "stand-in.csv");
        var random = new Random(1);
        using var writer = new StreamWriter(path);
        writer.WriteLine("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE");
        for (var row = 0; row < Rows; row++)
        {
            var user = (int)((long)row * Users / Rows);
            // The square of a uniform draw falls on popular (low) items more often; two thirds stay within the user's taste.
            var item = (int)(Items * Math.Pow(random.NextDouble(), 2));
            if (random.Next(3) > 0) item = item / Tastes * Tastes + user % Tastes;
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{user},{Math.Min(item, Items - 1)},{1_600_000_000 + row},View"));
        }

        return path;
    }
}
