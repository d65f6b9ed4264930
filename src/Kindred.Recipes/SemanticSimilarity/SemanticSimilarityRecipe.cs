using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Content;
using Kindred.Recipes.Members;
using Kindred.Recipes.Metadata;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.SemanticSimilarity;

/// <summary>
/// Items whose names and texts mean something alike: the cosine of their texts' vectors, by <see cref="HashedTextEncoder"/> or by an encoder that
/// the caller supplies. Interactions say only how popular and how new an item is.
/// </summary>
/// <param name="description">The recipe.</param>
/// <param name="encoder">An encoder of the caller; null = that of <see cref="TextEncoders"/>, else one learned from the texts.</param>
internal sealed class SemanticSimilarityRecipe(RecipeDescription description, ITextEncoder? encoder = null) : IUpdatableRecipe
{
    private const int Dimension = 128;

    public RecipeDescription Description { get; } = description;

    /// <exception cref="InsufficientDataException">There is no items dataset, or it has no text.</exception>
    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        if (data.Items is not { Texts.Count: > 0 } table)
            throw new InsufficientDataException(
                $"{Description.Name} needs an Items dataset with item names and a textual column; there is none with texts.");
        run.Report(0, "reading texts");
        var texts = ContentFeatures.JoinedTexts(table);
        var used = encoder ?? TextEncoders.Own ?? HashedTextEncoder.Learn(texts, Dimension, run);
        run.Report(0.5, "encoding texts");
        var vectors = ContentFeatures.Encode(used, texts, run);
        return Model(data, new DenseVectors(vectors, used.Dimension), used as HashedTextEncoder, run);
    }

    /// <summary>The texts are the same, so their vectors are: only popularity and age are counted again.</summary>
    public ITrainedModel Extend(ITrainedModel measured, TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var model = (SemanticSimilarityModel)measured;
        return Model(data, model.CopyVectors(), model.Encoder, run);
    }

    /// <summary>
    /// An update without learning: all texts, those of new items too, go through the encoder that <paramref name="serving"/> learned.
    /// </summary>
    public ITrainedModel Update(ITrainedModel serving, TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var model = (SemanticSimilarityModel)serving;
        var used = encoder ?? model.Encoder ?? TextEncoders.Own
            ?? throw new ArgumentException("The model was trained with an encoder of the caller, which is not here.", nameof(serving));
        if (data.Items is not { Texts.Count: > 0 } table)
            throw new InsufficientDataException(
                $"{Description.Name} needs an Items dataset with item names and a textual column; there is none with texts.");
        run.Report(0, "encoding texts");
        return Model(
            data, new DenseVectors(ContentFeatures.Encode(used, ContentFeatures.JoinedTexts(table), run), used.Dimension), model.Encoder,
            run);
    }

    public ITrainedModel Open(ModelArtifact artifact) => new SemanticSimilarityModel(Description, artifact);

    private SemanticSimilarityModel Model(TrainingSet data, DenseVectors vectors, HashedTextEncoder? learned, TrainingRun run)
    {
        run.Report(0.95, "counting users");
        var users = ItemPopularity.CountUsers(data.Interactions);
        var model = new SemanticSimilarityModel(
            Description, data.Interactions, ItemPopularity.LogShares(users), vectors, learned,
            Quantiles(users), Quantiles(Array.ConvertAll(ItemAges.InDays(data), age => -age)));
        run.Report(1, "done");
        return model;
    }

    /// <summary>Share of items that each item is above, 0..1; equals get the same.</summary>
    private static float[] Quantiles(float[] values)
    {
        var sorted = (float[])values.Clone();
        Array.Sort(sorted);
        var last = Math.Max(1, values.Length - 1);
        return Array.ConvertAll(values, value => (float)LowerBound(sorted, value) / last);
    }

    private static int LowerBound(float[] sorted, float value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
