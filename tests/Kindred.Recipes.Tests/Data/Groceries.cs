using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Tests.Data;

/// <summary>
/// Baskets of a shop: households of a few kinds buy what their kind eats, with a staple of their own nearly every time and things that are
/// bought once. Rows of a basket have one time and stand in the file by their names.
/// </summary>
internal static class Groceries
{
    public const int Staples = 20;
    public const int Kinds = 5;
    public const int ItemsPerKind = 30;

    public static InteractionLog Create(int users = 400, int seed = 1)
    {
        var random = new Random(seed);
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < users; user++)
        {
            var (staple, kind) = (random.Next(Staples), random.Next(Kinds));
            for (var (basket, baskets) = (0, 4 + random.Next(5)); basket < baskets; basket++)
            {
                var items = new SortedSet<string>(StringComparer.Ordinal);
                if (random.Next(10) > 0)
                    items.Add($"staple-{staple}");
                for (var i = 0; i < 4; i++)
                    items.Add($"k{kind}-{random.Next(ItemsPerKind)}");
                foreach (var item in items)
                    builder.Add($"u{user}", item, 86_400L * (1000 + 7 * basket));
            }
        }
        return builder.Build();
    }
}
