using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Tests.Data;

/// <summary>Users who keep to a few things: each belongs to one cluster of items and takes again and again what it holds.</summary>
internal static class TasteClusters
{
    public const int Clusters = 8;
    public const int ItemsPerCluster = 6;

    public static InteractionLog Create(int users = 120, int seed = 1)
    {
        var random = new Random(seed);
        var builder = new InteractionLogBuilder();
        for (var user = 0; user < users; user++)
        {
            for (var (step, time) = (0, random.Next(100_000)); step < 25; step++)
                builder.Add($"u{user}", Item(user % Clusters, random.Next(ItemsPerCluster)), time += 60 + random.Next(5000), "Listen");
        }
        return builder.Build();
    }

    public static string Item(int cluster, int place) => $"c{cluster}-{place}";

    public static int ClusterOf(string item) => int.Parse(item[1..item.IndexOf('-')]);
}
