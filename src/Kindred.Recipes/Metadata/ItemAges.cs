using Kindred.Recipes.Interactions;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Metadata;

/// <summary>How long items have been in the catalogue.</summary>
public static class ItemAges
{
    private const double SecondsPerDay = 86_400;

    /// <summary>
    /// Age of each item in days before the end of the interactions, at least 0: from its creation time, else its oldest interaction, else 0,
    /// since an item that nobody has met counts as new.
    /// </summary>
    public static float[] InDays(TrainingSet data)
    {
        var log = data.Interactions;
        var (oldest, newest) = (new long[log.ItemIds.Count], DataSpan.Of(log).Last);
        Array.Fill(oldest, long.MaxValue);
        for (var i = 0; i < log.Count; i++)
            oldest[log.Items[i]] = Math.Min(oldest[log.Items[i]], log.Timestamps[i]);
        var ages = new float[oldest.Length];
        for (var item = 0; item < ages.Length; item++)
        {
            var from = data.Items?.CreationTimes is { } created && created[item] != AttributeTable.UnknownTime ? created[item] : oldest[item];
            ages[item] = log.Count == 0 ? 0 : (float)(Math.Max(0, (double)newest - Math.Min(from, newest)) / SecondsPerDay);
        }
        return ages;
    }
}
