using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Personalization;

/// <summary>User personalisation that keeps a share of its places for cold items: what is cold is said by the recipe's own hyperparameters.</summary>
internal sealed class ColdStartRecipe(RecipeDescription description) : IUpdatableRecipe
{
    private readonly PersonalizationRecipe _personal = new(description);

    public RecipeDescription Description => _personal.Description;

    public IReadOnlyList<TrainingEffort> Efforts => _personal.Efforts;

    public TrainingSet Prepare(TrainingSet data, RecipeSettings settings, DateTimeOffset now) => ColdItems.SetApart(data, settings, now);

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run) => _personal.Train(data, settings, run);

    public ITrainedModel Extend(ITrainedModel measured, TrainingSet data, RecipeSettings settings, TrainingRun run) =>
        _personal.Extend(measured, data, settings, run);

    public ITrainedModel Update(ITrainedModel serving, TrainingSet data, RecipeSettings settings, TrainingRun run) =>
        _personal.Update(serving, data, settings, run);

    public ITrainedModel Open(ModelArtifact artifact) => _personal.Open(artifact);
}
