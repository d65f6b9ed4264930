using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Tests.Data;

/// <summary>
/// Interactions with a pattern to find: items stand in aisles, a user walks along one aisle item after item (with a slip now and
/// then), and item <c>hit</c> is where every third user starts.
/// </summary>
internal static class PlantedShop
{
    public const int Aisles = 12;
    public const int ItemsPerAisle = 10;
    public const string Hit = "hit";

    public static InteractionLog Create(int users = 300, int seed = 1)
    {
        var random = new Random(seed);
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < users; user++)
        {
            var (aisle, place, time) = (random.Next(Aisles), random.Next(ItemsPerAisle), random.Next(100_000));
            if (user % 3 == 0)
                Add(builder, user, Hit, time, "Purchase");
            for (var step = 0; step < 8; step++)
            {
                var slipped = random.Next(10) == 0;
                Add(builder, user, slipped ? Item(random.Next(Aisles), random.Next(ItemsPerAisle)) : Item(aisle, place++), time += 60, "View");
            }
        }
        return builder.Build();
    }

    public static string Item(int aisle, int place) => $"a{aisle}-{place % ItemsPerAisle}";

    /// <summary>Aisle of an item; -1 for the hit.</summary>
    public static int AisleOf(string item) => item == Hit ? -1 : int.Parse(item[1..item.IndexOf('-')]);

    private static void Add(InteractionLogBuilder builder, int user, string item, long time, string type) =>
        builder.Add($"u{user}", item, time, type, type == "Purchase" ? 2 : 1);
}
