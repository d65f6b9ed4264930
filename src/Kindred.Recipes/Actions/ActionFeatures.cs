namespace Kindred.Recipes.Actions;

/// <summary>What the trees see of a user and an action at one moment; the same in training and in serving.</summary>
/// <param name="Actions">Attributes of the actions.</param>
/// <param name="Users">Attributes of the users.</param>
internal sealed record ActionFeatures(SplitFeatures Actions, SplitFeatures Users)
{
    private const int Own = 17;
    private const int Day = 86_400;
    private const float NeverDays = 400;

    /// <summary>Features per row.</summary>
    public int Count => Own + Actions.Count + Users.Count;

    /// <summary>Writes the features of one user and action.</summary>
    /// <param name="context">The user at this moment.</param>
    /// <param name="action">Action code.</param>
    /// <param name="rate">Share of offers of the action that were taken so far.</param>
    /// <param name="offered">Offers of the action so far.</param>
    /// <param name="affinity">Cosine of the user and those who took the action.</param>
    /// <param name="row">Receives the features, shape [Count].</param>
    public void Fill(in ActionContext context, int action, double rate, double offered, float affinity, Span<float> row)
    {
        var pair = context.Memory.Of(action);
        var (taken, other) = (context.Memory.Taken, context.Memory.Other);
        ReadOnlySpan<float> own =
        [
            Log(context.Interactions), context.DaysSinceInteraction, Log(context.InteractionsLastWeek), Log(context.InteractionsLastMonth),
            Log(taken), Log(other), (taken + 1f) / (taken + other + 2f),
            pair.Taken, pair.NotTaken, pair.Viewed, Days(context.Now, pair.Last), Days(context.Now, pair.LastTaken),
            (float)Math.Log(rate / (1 - rate)), Log(offered), action, affinity, context.HasHistory ? 1 : 0,
        ];
        own.CopyTo(row);
        Actions.CopyTo(action, row[Own..]);
        Users.CopyTo(context.User, row[(Own + Actions.Count)..]);
    }

    /// <summary>Days between two moments, up to 400; 400 for never.</summary>
    public static float Days(long now, long then) =>
        then == ActionMemory.Pair.Never ? NeverDays : Math.Clamp((float)((double)now - then) / Day, 0, NeverDays);

    private static float Log(double count) => (float)Math.Log(1 + count);
}
