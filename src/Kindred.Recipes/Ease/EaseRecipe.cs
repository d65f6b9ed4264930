using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Ease;

/// <summary>
/// <see cref="EaseWeights"/> as a recipe. In closed form: there is nothing to go on from, so a training that was killed begins anew.
/// </summary>
internal sealed class EaseRecipe(RecipeDescription description) : IRecipe
{
    public RecipeDescription Description { get; } = description;

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var options = new EaseOptions
        {
            Regularization = settings.Float("regularization"),
            MetadataWeight = settings.Float("metadata_weight"),
            HistoryDecay = settings.Float("history_decay"),
        };
        var weights = EaseWeights.Train(data, options, run);
        return new MemberModel(
            Description, data.Interactions, "EASE", ItemPopularity.LogShares(ItemPopularity.CountUsers(data.Interactions)), weights);
    }

    public ITrainedModel Open(ModelArtifact artifact) => new MemberModel(Description, artifact, EaseWeights.Read);
}
