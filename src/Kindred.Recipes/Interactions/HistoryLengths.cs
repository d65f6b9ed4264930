using Kindred.Recipes.Catalog;

namespace Kindred.Recipes.Interactions;

/// <summary>The hyperparameters that leave out users with unusually short or long histories.</summary>
internal static class HistoryLengths
{
    private const string Least = "min_user_history_length_percentile";
    private const string Greatest = "max_user_history_length_percentile";

    /// <summary>The log without the users outside the percentiles; the log itself where the recipe has no such hyperparameter.</summary>
    public static InteractionLog Filter(InteractionLog log, RecipeSettings settings)
    {
        if (!settings.Has(Least))
            return log;
        var lengths = new int[log.UserIds.Count];
        for (var user = 0; user < lengths.Length; user++)
            lengths[user] = log.InteractionsOf(user);
        var isKept = Percentiles.Between(lengths, settings.Float(Least), settings.Float(Greatest));
        var keep = new bool[log.Count];
        for (var user = 0; user < lengths.Length; user++)
            keep.AsSpan(log.UserStarts[user], lengths[user]).Fill(isKept[user]);
        return log.Where(keep);
    }
}
