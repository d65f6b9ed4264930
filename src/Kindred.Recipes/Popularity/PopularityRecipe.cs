using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Popularity;

/// <summary>Items by how many different users interacted with them; the same for everybody.</summary>
internal sealed class PopularityRecipe(RecipeDescription description) : IRecipe
{
    public RecipeDescription Description { get; } = description;
    public IReadOnlyList<TrainingEffort> Efforts { get; } = [TrainingEffort.Quick];

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var log = data.Interactions;
        run.Report(0, "counting users");
        var model = new PopularityModel(Description, log, ItemPopularity.LogShares(ItemPopularity.CountUsers(log)));
        run.Report(1, "done");
        return model;
    }

    public ITrainedModel Open(ModelArtifact artifact) => new PopularityModel(Description, artifact);
}
