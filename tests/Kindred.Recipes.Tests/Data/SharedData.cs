using System.IO.Compression;
using Kindred.Recipes.Interactions;
using Kindred.Testing;

namespace Kindred.Recipes.Tests.Data;

/// <summary>Public data sets that lie beside the repository (or where KINDRED_SHARED says); absent on most machines.</summary>
internal static class SharedData
{
    public static string? Find(string relative) =>
        RepositoryPaths.SharedData is { } root && Path.Combine(root, relative) is var path && File.Exists(path) ? path : null;

    /// <summary>ML-1M in the order of the file that sequence recommenders are measured on; null when it is not here.</summary>
    public static InteractionLog? MovieLens1M()
    {
        if (Find("ml-1m/ratings.csv.gz") is not { } path)
            return null;
        var builder = new InteractionLogBuilder();
        foreach (var row in Rows(path).Where(row => row[5] != "-1").OrderBy(row => int.Parse(row[0])).ThenBy(row => int.Parse(row[5])))
            builder.Add(row[0], row[1], long.Parse(row[5]));
        return builder.Build();
    }

    /// <summary>RetailRocket and its held-out purchases; null when it is not here.</summary>
    public static (InteractionLog Log, IReadOnlyList<(int User, int Item)> Targets)? RetailRocket()
    {
        if (Find("retailrocket-mb/events.csv.gz") is not { } events || Find("retailrocket-mb/test_purchase.csv.gz") is not { } purchases)
            return null;
        var builder = new InteractionLogBuilder();
        foreach (var row in Rows(events))
            builder.Add(row[0], row[1], long.Parse(row[3]), row[2]);
        var targets = Rows(purchases).Select(row => (builder.InternUser(row[0]), builder.InternItem(row[1]))).ToList();
        return (builder.Build(), targets);
    }

    /// <summary>Ta-Feng with each shopper's next basket as the newest; null when it is not here.</summary>
    public static InteractionLog? TaFeng()
    {
        if (Find("ta-feng/history.csv.gz") is not { } history || Find("ta-feng/next_basket.csv.gz") is not { } next)
            return null;
        var builder = new InteractionLogBuilder();
        foreach (var row in Rows(history))
            builder.Add(row[0], row[1], long.Parse(row[2]));
        foreach (var row in Rows(next))
            builder.Add(row[0], row[1], 1_600_000_000); // a day after everybody's last
        return builder.Build();
    }

    private static IEnumerable<string[]> Rows(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return line.Split(',');
    }
}
