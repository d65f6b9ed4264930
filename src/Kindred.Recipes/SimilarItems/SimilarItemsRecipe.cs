using System.Numerics.Tensors;
using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Content;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.SimilarItems;

/// <summary>
/// Items like a given one, from who meets them and from what they are: co-occurrence (Sarwar et al., WWW 2001) beside the cosine of vectors in
/// which an item's own interactions and those that its metadata predicts weigh by how many users it met. Without metadata, interactions alone.
/// </summary>
internal sealed class SimilarItemsRecipe(RecipeDescription description) : IRecipe
{
    private const float PriorUsers = 5; // with fewer users than these an item counts as cold

    public RecipeDescription Description { get; } = description;

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var log = data.Interactions;
        run.Report(0, "counting co-occurrences");
        var logShares = ItemPopularity.LogShares(ItemPopularity.CountUsers(log));
        var users = UserItems.Of(log, ItemNeighbours.MaxItemsPerUser, []);
        var neighbours = new ItemNeighbours().Train(users, Rows.MaxPerItem(log.ItemIds.Count), run);
        var options = new ContentOptions
        {
            Dimension = settings.Integer("item_id_hidden_dim"), TextDimension = settings.Integer("item_metadata_hidden_dim"),
        };
        var vectors = Vectors(data, options, run.Part(0.3, 1), out var width, out var usersOf);
        return new SimilarItemsModel(
            Description, log, logShares, neighbours, vectors, width, Discounts(usersOf, settings.Float("popularity_discount_factor")));
    }

    public ITrainedModel Open(ModelArtifact artifact) => new SimilarItemsModel(Description, artifact);

    /// <summary>A vector of length 1 per item, zeros for one that nothing is known of.</summary>
    private static float[] Vectors(TrainingSet data, ContentOptions options, TrainingRun run, out int width, out int[] users)
    {
        CollaborativeFactors own;
        float[] vectors;
        if (data.Items is null)
        {
            run.Report(0, "factorising interactions");
            own = CollaborativeFactors.Of(data.Interactions, options.Dimension, run);
            (vectors, width) = ((float[])own.Targets.Clone(), own.Dimension);
            Centre(vectors, width, own.Users, isPredicted: false);
        }
        else
        {
            var content = ContentFactors.Learn(data, options, run);
            (own, vectors, width) = (content.Collaborative, content.Targets, content.Dimension);
            if (content.IsAligned)
                Blend(vectors, width, own);
        }
        for (var item = 0; width > 0 && item < vectors.Length / width; item++)
            Unit.Normalize(vectors.AsSpan(item * width, width));
        users = own.Users;
        run.Report(1, "done");
        return vectors;
    }

    /// <summary>An item's own vector and the predicted one, by how many users it met.</summary>
    private static void Blend(float[] vectors, int width, CollaborativeFactors own)
    {
        for (var item = 0; item < own.Users.Length; item++)
        {
            var share = own.Users[item] / (own.Users[item] + PriorUsers);
            for (var k = item * width; k < (item + 1) * width; k++)
                vectors[k] = share * own.Targets[k] + (1 - share) * vectors[k];
        }
        Centre(vectors, width, own.Users, isPredicted: true);
    }

    /// <summary>
    /// Takes the mean of the items with users from all vectors. It is what all items have in common, popularity above all, and what a prediction
    /// that knows little falls back to: with it cold items are most like each other, whatever they are.
    /// </summary>
    private static void Centre(float[] vectors, int width, int[] users, bool isPredicted)
    {
        var (mean, known) = (new float[width], users.Count(count => count > 0));
        for (var item = 0; item < users.Length; item++)
        {
            if (users[item] > 0)
                TensorPrimitives.MultiplyAdd(vectors.AsSpan(item * width, width), 1f / known, mean, mean);
        }
        for (var item = 0; item < users.Length; item++)
        {
            if (isPredicted || users[item] > 0)
                TensorPrimitives.Subtract(vectors.AsSpan(item * width, width), mean, vectors.AsSpan(item * width, width));
        }
    }

    /// <summary>What the similarity to each item is multiplied with: (1 + users)^(-factor/2), which takes from the cosine to the lift.</summary>
    private static float[] Discounts(int[] users, double factor) =>
        Array.ConvertAll(users, count => (float)Math.Pow(1.0 + count, -factor / 2));
}
