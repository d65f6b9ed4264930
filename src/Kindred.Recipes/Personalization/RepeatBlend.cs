using Kindred.Numerics.Probability;
using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Personalization;

/// <summary>
/// Scores the items that the user has met before, on the scale of the new ones: a weighted sum of what is known of each, relative to all new
/// items together. The blend itself is fitted to new items only, so neither spoils the other.
/// </summary>
/// <param name="Habit">How likely items are met again.</param>
/// <param name="Weights">Of what <see cref="Describe"/> writes, shape [<see cref="Features"/>].</param>
/// <param name="Places">
/// Whether such items are shown where their scores place them. False where that would not find clearly more, and of a model of an earlier release,
/// which did not ask: its items met before come last, until it is trained again.
/// </param>
internal sealed record RepeatBlend(RepeatHabit Habit, float[] Weights, bool Places)
{
    /// <summary>What is known of an item met before: score among the new, log hazard, 1, log factor of the item, log q.</summary>
    public const int Features = 5;

    /// <summary>Weights of an earlier release: those of the first three.</summary>
    private const int EarlierFeatures = 3;

    private const string PlacesFact = "repeats";

    /// <summary>Replaces the scores of the items that the history holds.</summary>
    /// <param name="met">The items of the history.</param>
    /// <param name="logShares">log q of all items.</param>
    /// <param name="scores">Of all items, under the blend.</param>
    /// <returns>log Σ exp(score) over all items, as they are then.</returns>
    public float Apply(MetItems met, ReadOnlySpan<float> logShares, Span<float> scores)
    {
        var ofNew = OfNew(met, scores);
        if (!float.IsFinite(ofNew))
            return LogSumExp.Compute(scores); // nothing is new, so there is nothing to compare with
        Span<float> features = stackalloc float[Features];
        var sum = 1.0; // of all exponentials, relative to those of the new items
        for (var place = 0; place < met.Items.Length; place++)
        {
            Describe(Habit, met, place, ofNew, logShares, scores, features);
            var score = ofNew;
            for (var i = 0; i < Features; i++)
                score += Weights[i] * features[i];
            scores[met.Items[place]] = score;
            sum += Math.Exp((double)score - ofNew);
        }
        return double.IsFinite(sum) ? (float)(ofNew + Math.Log(sum)) : LogSumExp.Compute(scores);
    }

    /// <summary>Writes what is known of one of the items.</summary>
    /// <param name="habit">How likely items are met again.</param>
    /// <param name="met">The items of the history.</param>
    /// <param name="place">Which of them.</param>
    /// <param name="ofNew">From <see cref="OfNew"/>.</param>
    /// <param name="logShares">log q of all items.</param>
    /// <param name="scores">Of all items, under the blend; of the item itself not replaced yet.</param>
    /// <param name="features">Shape [<see cref="Features"/>].</param>
    public static void Describe(
        RepeatHabit habit, MetItems met, int place, float ofNew, ReadOnlySpan<float> logShares, ReadOnlySpan<float> scores, Span<float> features)
    {
        var item = met.Items[place];
        features[0] = scores[item] - ofNew;
        features[1] = habit.LogHazard(met.Meetings[place], met.Baskets);
        features[2] = 1;
        features[3] = habit.LogFactor(item);
        features[4] = logShares[item];
    }

    /// <returns>log Σ exp(score) over the items that are not met; not finite when there are none.</returns>
    public static float OfNew(MetItems met, Span<float> scores)
    {
        var hidden = met.Hide(scores);
        var ofNew = LogSumExp.Compute(scores);
        met.Show(scores, hidden);
        return ofNew;
    }

    public void Write(ArtifactWriter writer)
    {
        writer.Tensor<float>("repeats", Weights);
        Habit.Write(writer, "repeats");
        if (Places)
            writer.Fact(PlacesFact, "placed");
    }

    /// <exception cref="ModelArtifactException">Missing or of another size.</exception>
    public static RepeatBlend Read(ModelArtifact artifact, int itemCount)
    {
        var weights = artifact.Tensor<float>("repeats").ToArray();
        return weights.Length is Features or EarlierFeatures
            ? new RepeatBlend(
                RepeatHabit.Read(artifact, "repeats", itemCount), [.. weights, .. new float[Features - weights.Length]],
                artifact.Metadata.ContainsKey(PlacesFact))
            : throw new ModelArtifactException("The model artifact does not say how items met before are scored.");
    }
}
