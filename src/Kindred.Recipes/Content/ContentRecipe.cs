using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Content;

/// <summary><see cref="ContentVectors"/> as a recipe of their own.</summary>
internal sealed class ContentRecipe(RecipeDescription description) : IRecipe
{
    public RecipeDescription Description { get; } = description;

    /// <exception cref="InsufficientDataException">There is no items dataset.</exception>
    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        MinimumData.ThrowIfWithoutItems(data, Description);
        var options = new ContentOptions
        {
            Dimension = settings.Integer("dimension"), TextDimension = settings.Integer("text_dimension"), Decay = settings.Float("decay"),
        };
        var logShares = ItemPopularity.LogShares(ItemPopularity.CountUsers(data.Interactions));
        return new MemberModel(Description, data.Interactions, "content vectors", logShares, ContentVectors.Train(data, options, run));
    }

    public ITrainedModel Open(ModelArtifact artifact) =>
        new MemberModel(Description, artifact, (file, prefix, _) => ContentVectors.Read(file, prefix));
}
