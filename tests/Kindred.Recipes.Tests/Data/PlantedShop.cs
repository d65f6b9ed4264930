using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Data;

/// <summary>
/// Interactions with a pattern to find: items stand in aisles, a user walks along one aisle item after item (with a slip now and
/// then), and item <c>hit</c> is where every third user starts, all of them near the end.
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
            {
                time = 95_000 + time / 20; // the hit is a recent one: popular, lately popular and trending
                Add(builder, user, Hit, time, "Purchase");
            }
            for (var step = 0; step < 8; step++)
            {
                var slipped = random.Next(10) == 0;
                Add(builder, user, slipped ? Item(random.Next(Aisles), random.Next(ItemsPerAisle)) : Item(aisle, place++), time += 60, "View");
            }
        }
        return builder.Build();
    }

    /// <summary>
    /// The log with what is known about its items: aisle and a word of it in the name say where an item stands, colour, price and the other words
    /// say nothing. With <paramref name="hasNewItems"/> each aisle also has an item <c>a..-new</c> that nobody has met.
    /// </summary>
    public static TrainingSet WithItems(InteractionLog log, bool hasNewItems = false)
    {
        var items = new AttributeTableBuilder(
        [
            new("AISLE", AttributeKind.Category), new("COLOUR", AttributeKind.Category), new("PRICE", AttributeKind.Number),
            new("NAME", AttributeKind.Text),
        ]);
        var random = new Random(7);
        for (var aisle = 0; aisle < Aisles; aisle++)
        {
            for (var place = 0; place < ItemsPerAisle + (hasNewItems ? 1 : 0); place++)
            {
                items.Add(
                    place < ItemsPerAisle ? Item(aisle, place) : NewItem(aisle),
                    [
                        $"aisle {aisle}",
                        $"{random.Next(5)}|{random.Next(5)}",
                        $"{random.Next(100)}",
                        $"thing{random.Next(20)} of kind{aisle} shelf{aisle} made{random.Next(9)}",
                    ]);
            }
        }
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < log.UserIds.Count; user++)
        {
            for (var i = log.UserStarts[user]; i < log.UserStarts[user + 1]; i++)
                builder.Add(
                    log.UserIds[user],
                    log.ItemIds[log.Items[i]],
                    log.Timestamps[i],
                    log.EventTypeCodes[i] < 0 ? "" : log.EventTypes[log.EventTypeCodes[i]],
                    log.EventValues[i]);
        }
        return hasNewItems ? TrainingSets.Join(builder, items, users: null) : new TrainingSet(log) { Items = items.Build(log.ItemIds) };
    }

    /// <summary>The item of an aisle that nobody has met.</summary>
    public static string NewItem(int aisle) => $"a{aisle}-new";

    public static string Item(int aisle, int place) => $"a{aisle}-{place % ItemsPerAisle}";

    /// <summary>Aisle of an item; -1 for the hit.</summary>
    public static int AisleOf(string item) => item == Hit ? -1 : int.Parse(item[1..item.IndexOf('-')]);

    private static void Add(InteractionLogBuilder builder, int user, string item, long time, string type) =>
        builder.Add($"u{user}", item, time, type, type == "Purchase" ? 2 : 1);
}
