using System.Text;
using Kindred.Testing;

namespace Kindred.Lab.Tests.World;

/// <summary>Users who walk along aisles of items, item after item: what comes next can be learned from the order of events alone.</summary>
internal static class Walks
{
    public const int Aisles = 8;
    public const int ItemsPerAisle = 12;
    public const int Steps = 8;

    public static string Item(int aisle, int place) => $"a{aisle}-{place % ItemsPerAisle}";

    public static IEnumerable<(string User, string Item, long Time)> Events(int users, int seed = 1)
    {
        var random = new Random(seed);
        for (var user = 0; user < users; user++)
        {
            var (aisle, place, time) = (random.Next(Aisles), random.Next(ItemsPerAisle), 1_600_000_000L + random.Next(1_000_000));
            for (var step = 0; step < Steps; step++)
                yield return ($"u{user}", random.Next(12) == 0 ? Item(random.Next(Aisles), random.Next(ItemsPerAisle)) : Item(aisle, place++), time += 20_000 + random.Next(100_000));
        }
    }

    public static string Csv(IEnumerable<(string User, string Item, long Time)> events) => new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP\n")
        .AppendJoin("", events.Select(e => $"{e.User},{e.Item},{e.Time}\n")).ToString();

    /// <summary>The aisle of every item, and a price that tells nothing.</summary>
    public static string ItemsCsv() => new StringBuilder("ITEM_ID,AISLE,PRICE\n")
        .AppendJoin(
            "",
            Enumerable.Range(0, Aisles * ItemsPerAisle)
                .Select(i => $"{Item(i / ItemsPerAisle, i)},aisle {i / ItemsPerAisle},{i * 37 % 101}.5\n"))
        .ToString();

    public static string Write(TemporaryFolder folder, string name, string text)
    {
        File.WriteAllText(folder.At(name), text);
        return folder.At(name);
    }
}
