using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Tests.Data;
using Kindred.Recipes.Training;

namespace Kindred.Recipes.Tests.Training;

/// <summary>Counts popularity, and tells what it was asked to train.</summary>
internal sealed class LearningRecipe : IRecipe
{
    private readonly IRecipe _popularity = Models.Recipe("aws-popularity-count");

    public RecipeDescription Description => _popularity.Description;
    public IReadOnlyList<TrainingEffort> Efforts { get; } = [TrainingEffort.Quick, TrainingEffort.Full];
    public List<string> Calls { get; } = [];

    public ITrainedModel Train(TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        Calls.Add($"train {run.Effort} on {data.Interactions.UsersWith(1)}");
        return _popularity.Train(data, settings, run);
    }

    public ITrainedModel Extend(ITrainedModel measured, TrainingSet data, RecipeSettings settings, TrainingRun run)
    {
        Calls.Add($"extend to {data.Interactions.UsersWith(1)}, checkpoints {(run.Checkpoints is null ? "no" : "yes")}");
        Models.Score(measured); // still open
        return _popularity.Train(data, settings, run);
    }

    public ITrainedModel Open(ModelArtifact artifact) => _popularity.Open(artifact);
}
