using System.Globalization;
using System.Runtime.InteropServices;
using Kindred.Recipes;

namespace Kindred.Bench.Serving;

/// <summary>The scores of a build, and how far those of another are from them.</summary>
internal static class ScoreFile
{
    /// <summary>Writes the scores of all users where there is no such file; else says how much they differ from what is in it.</summary>
    public static int WriteOrCompare(string path, ITrainedModel model, HistoryEvent[][] histories)
    {
        var scores = new float[histories.Length * model.Items.Count];
        for (var user = 0; user < histories.Length; user++)
            model.Score(new ScoreQuery { History = histories[user] }, scores.AsSpan(user * model.Items.Count, model.Items.Count));
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, MemoryMarshal.AsBytes<float>(scores));
            return 0;
        }
        var before = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path));
        if (before.Length != scores.Length)
            throw new ArgumentException($"'{path}' has {before.Length} scores; {scores.Length} were expected.");
        var (largest, places, apart) = (0f, 0, 0f);
        for (var user = 0; user < histories.Length; user++)
        {
            ReadOnlySpan<float> own = scores.AsSpan(user * model.Items.Count, model.Items.Count);
            var old = before.Slice(user * model.Items.Count, model.Items.Count);
            for (var item = 0; item < own.Length; item++)
                largest = Math.Max(largest, Math.Abs(own[item] - old[item]));
            var (order, former) = (Order(own), Order(old));
            for (var place = 0; place < 100; place++)
            {
                if (order[place] == former[place])
                    continue;
                places++;
                apart = Math.Max(apart, Math.Abs(old[order[place]] - old[former[place]]));
            }
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Scores differ by up to {largest:G3}; of the best 100 of each of {histories.Length} users {places} places, between items {apart:G3} apart at most."));
        return 0;
    }

    private static int[] Order(ReadOnlySpan<float> scores)
    {
        var (keys, items) = (new float[scores.Length], new int[scores.Length]);
        for (var item = 0; item < items.Length; item++)
            (keys[item], items[item]) = (-scores[item], item);
        Array.Sort(keys, items);
        return items;
    }
}
