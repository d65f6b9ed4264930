using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Training;

/// <summary>Trains a solution version: checks the data, measures the recipe on held-out users, trains on everything, publishes the artifact.</summary>
public static class SolutionTrainer
{
    /// <exception cref="InsufficientDataException">Too little data counts; the message is the failure reason.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled; no artifact was published.</exception>
    public static TrainingReport Train(SolutionTraining training)
    {
        throw new NotSupportedException($"{training.Recipe.Description.Name} cannot be trained yet.");
    }
}
