using System.Globalization;

namespace Kindred.Bench.Batches;

/// <summary>
/// Made-up interactions: each user has a taste, one of some groups of items, and goes through it from popular to rare items. What the model
/// learns from them does not matter here, what they cost it does: how many items there are, and how long histories.
/// </summary>
/// <param name="Items">Different items; all of them occur among the first users.</param>
/// <param name="Events">Events of a user on average; from a third of that to three times as many.</param>
internal sealed record PlantedShop(int Items, int Events)
{
    private const int Tastes = 50;
    private const double Loyalty = 0.8;

    /// <param name="from">The first user.</param>
    /// <param name="until">The user after the last.</param>
    public void Write(string path, int from, int until)
    {
        using var file = new StreamWriter(path);
        file.WriteLine("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE");
        for (var user = from; user < until; user++)
        {
            var random = new Random(user);
            var (taste, time) = (random.Next(Tastes), 1_750_000_000L + random.Next(10_000_000));
            var count = Math.Max(2, (int)(Events / 3.0 * Math.Exp(random.NextDouble() * Math.Log(9)) * 1.1));
            for (var i = 0; i < count; i++)
            {
                // Cubed: a tenth of the items gets half of the events.
                var rank = Math.Pow(random.NextDouble(), 3);
                var own = (int)(rank * (Items / Tastes)) * Tastes + taste;
                var item = random.NextDouble() < Loyalty ? own % Items : (int)(rank * Items);
                time += random.Next(1, 100_000);
                file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"u{user},i{item},{time},View"));
            }
        }
    }
}
