using Kindred.Lab.Commands;
using Kindred.Recipes;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Evaluations;

/// <summary>Trains what the data carries: a recipe that needs more falls down to popularity, and says so.</summary>
internal static class RobustTraining
{
    private const string Lowest = "aws-popularity-count";

    /// <param name="choice">Recipe and hyperparameters.</param>
    /// <param name="set">Any number of interactions.</param>
    /// <param name="run">Seed, threads, effort, checkpoints, progress and cancellation.</param>
    /// <param name="notes">What the caller should know, one sentence each.</param>
    public static ITrainedModel Train(RecipeChoice choice, TrainingSet set, TrainingRun run, out IReadOnlyList<string> notes)
    {
        try
        {
            notes = [];
            return choice.Recipe.Train(set, choice.Settings, run);
        }
        catch (InsufficientDataException e) when (choice.Name != Lowest)
        {
            notes = [$"{choice.Name} cannot learn from so little: {e.Message.TrimEnd('.')}; {Lowest} serves instead."];
            var lowest = RecipeChoice.Parse(Lowest, []);
            return lowest.Recipe.Train(set, lowest.Settings, run);
        }
    }
}
