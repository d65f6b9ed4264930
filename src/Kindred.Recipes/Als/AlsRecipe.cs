using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Members;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Als;

/// <summary><see cref="AlsFactors"/> as a recipe.</summary>
internal sealed class AlsRecipe(RecipeDescription description) : IRecipe
{
    public RecipeDescription Description { get; } = description;

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        var options = new AlsOptions
        {
            Dimension = settings.Integer("hidden_dimension"),
            Regularization = settings.Float("regularization"),
            UnobservedMass = settings.Float("unobserved_mass"),
            FrequencyExponent = settings.Float("frequency_exponent"),
            Epochs = settings.Integer("epochs"),
            HistoryDecay = settings.Float("history_decay"),
        };
        var factors = AlsFactors.Train(data, options, run);
        return new MemberModel(
            Description, data.Interactions, "iALS", ItemPopularity.LogShares(ItemPopularity.CountUsers(data.Interactions)), factors);
    }

    public ITrainedModel Open(ModelArtifact artifact) => new MemberModel(Description, artifact, AlsFactors.Read);
}
