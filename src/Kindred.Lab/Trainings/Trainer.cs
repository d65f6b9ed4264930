using System.Diagnostics;
using Kindred.Lab.Commands;
using Kindred.Recipes;
using Kindred.Recipes.Catalog;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Lab.Trainings;

/// <summary>Trains what was asked for, or what the data carries of it.</summary>
internal static class Trainer
{
    private const string Lowest = "aws-popularity-count";

    // A search tries the settings it begins with, a few others, and trains once more.
    private const int TrainingsOfSearch = 7;

    /// <param name="choice">Recipe and hyperparameters, or auto.</param>
    /// <param name="set">Any number of interactions.</param>
    /// <param name="run">Seed, threads, effort, checkpoints, progress and cancellation.</param>
    /// <param name="from">A model of that recipe to go on from; null = from nothing.</param>
    /// <exception cref="LabException">The recipe learns from a dataset that is not there.</exception>
    public static TrainedRecipe Train(RecipeChoice choice, TrainingSet set, TrainingRun run, ITrainedModel? from = null)
    {
        if (!choice.IsAuto && choice.Recipe.Description.NeedsItems && set.Items is null)
            throw new LabException($"{choice.Name} learns from what is known about items; --items is missing.");
        if (from is not null)
            return Update(choice, from, set, run);
        try
        {
            if (choice.IsAuto)
                return Search(choice, set, run);
            var quote = QuoteOf(choice.Recipe, choice.Settings, set, run);
            if (choice.Budget is not { } budget || SearchSpace.Tunable(choice.Recipe.Description).Ranges.Count == 0)
                return TrainOnce(choice, set, run, quote);
            return TrainingsOfSearch * quote.Duration < budget
                ? Search(choice, set, run)
                : TrainOnce(choice, set, run, quote) with { Notes = [$"A budget of {budget.TotalSeconds:F0} s leaves no room to search "
                    + "hyperparameters; they are as given."] };
        }
        catch (InsufficientDataException e) when (choice.IsAuto || choice.Name != Lowest)
        {
            var lowest = TrainOnce(RecipeChoice.Parse(Lowest, []), set, run, null);
            return lowest with { Notes = [$"{choice.Name} cannot learn from so little: {e.Message.TrimEnd('.')}; {Lowest} serves instead."] };
        }
    }

    private static TrainedRecipe Update(RecipeChoice choice, ITrainedModel from, TrainingSet set, TrainingRun run)
    {
        var started = Stopwatch.GetTimestamp();
        var model = ((IUpdatableRecipe)choice.Recipe).Update(from, set, choice.Settings, run);
        return new TrainedRecipe(model, choice.Settings, Stopwatch.GetElapsedTime(started));
    }

    private static TrainedRecipe TrainOnce(RecipeChoice choice, TrainingSet set, TrainingRun run, TrainingQuote? quote)
    {
        var started = Stopwatch.GetTimestamp();
        var model = choice.Recipe.Train(set, choice.Settings, run);
        return new TrainedRecipe(model, choice.Settings, Stopwatch.GetElapsedTime(started)) { Quote = quote };
    }

    private static TrainedRecipe Search(RecipeChoice choice, TrainingSet set, TrainingRun run)
    {
        var started = Stopwatch.GetTimestamp();
        var limits = new TuningLimits { Budget = choice.Budget ?? RecipeChoice.DefaultBudget };
        var result = AutoMl.Train(
            set, limits, run with { Checkpoints = null }, choice.IsAuto ? null : [choice.Recipe], choice.Holdout ?? HoldoutKind.Newest);
        var (recipe, settings) = (result.Choice.Recipe, result.Choice.Settings);
        return new TrainedRecipe(result.Model, settings, Stopwatch.GetElapsedTime(started))
        {
            Quote = QuoteOf(recipe, settings, set, run),
            Trials = result.Choice.Trials,
            Notes = result.SawEverything
                ? []
                : ["The budget was used up by the search: the model was not trained again with the events held out to compare by."],
        };
    }

    private static TrainingQuote QuoteOf(IRecipe recipe, RecipeSettings settings, TrainingSet set, TrainingRun run) =>
        TrainingQuotes.Of(recipe, settings, DataShape.Of(set), run.Effort, run.Threads);
}
