using System.Globalization;
using Kindred.Files;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// The cold items of aws-hrnn-coldstart: those with few interactions that came not long ago. They are taken out of what is learned from, as if nobody
/// had met them, and so recommendations explore them by what is known of them.
/// </summary>
internal static class ColdItems
{
    public const int Least = 100;
    public const int Most = 80_000;

    private const double SecondsPerDay = 86_400;

    /// <returns>The data without the interactions of cold items, whose codes come after all others.</returns>
    /// <param name="now">When the training began, for <c>cold_start_relative_from</c> currentTime.</param>
    /// <exception cref="InsufficientDataException">There are fewer than <see cref="Least"/> cold items, or more than <see cref="Most"/>.</exception>
    public static TrainingSet SetApart(TrainingSet data, RecipeSettings settings, DateTimeOffset now)
    {
        var isCold = Find(data, settings, now);
        var count = isCold.AsSpan().Count(true);
        if (count is < Least or > Most)
            throw new InsufficientDataException(string.Create(CultureInfo.InvariantCulture,
                $"There are {count} cold items; {Least} to {Most} are needed. Cold is an item of at most {settings.Text("cold_start_max_interactions")} interactions "
                + $"that is at most {settings.Text("cold_start_max_duration")} days old (cold_start_max_interactions, cold_start_max_duration)."));
        var log = data.Interactions;
        var keep = new bool[log.Count];
        for (var i = 0; i < keep.Length; i++)
            keep[i] = !isCold[log.Items[i]];
        return Reorder(data.With(log.Where(keep)), isCold);
    }

    private static bool[] Find(TrainingSet data, RecipeSettings settings, DateTimeOffset now)
    {
        var log = data.Interactions;
        var (counts, firsts) = (new int[log.ItemIds.Count], new long[log.ItemIds.Count]);
        Array.Fill(firsts, long.MaxValue);
        for (var i = 0; i < log.Count; i++)
        {
            counts[log.Items[i]]++;
            firsts[log.Items[i]] = Math.Min(firsts[log.Items[i]], log.Timestamps[i]);
        }
        var from = settings.Text("cold_start_relative_from") is "currentTime" ? now.ToUnixTimeSeconds() : DataSpan.Of(log).Last;
        var since = from - settings.Float("cold_start_max_duration") * SecondsPerDay;
        var most = settings.Integer("cold_start_max_interactions");
        var isCold = new bool[counts.Length];
        for (var item = 0; item < isCold.Length; item++)
        {
            // As the age of items goes: from their creation, else from when somebody first met them, else they are new.
            var created = data.Items?.CreationTimes is { } times && times[item] != AttributeTable.UnknownTime ? times[item] : firsts[item];
            isCold[item] = counts[item] <= most && created >= since;
        }
        return isCold;
    }

    /// <summary>Codes of items that were met come before all others, as models expect it.</summary>
    private static TrainingSet Reorder(TrainingSet data, bool[] isCold)
    {
        int[] order = [.. Enumerable.Range(0, isCold.Length).OrderBy(item => isCold[item])]; // stable
        var (ids, codes) = (new IdTableBuilder(), new int[order.Length]);
        foreach (var item in order)
            codes[item] = ids.Intern(data.Interactions.ItemIds.Bytes(item));
        return data with { Interactions = data.Interactions.WithItems(ids.Build(), codes), Items = data.Items?.Rows(order) };
    }
}
