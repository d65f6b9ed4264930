namespace Kindred.Recipes.Tuning;

/// <summary>The recipe that was chosen for the data, with a model of it. The caller owns the model.</summary>
/// <param name="Choice">Recipe, settings, score, and everything that was tried.</param>
/// <param name="Model">Ready to serve.</param>
/// <param name="SawEverything">
/// Trained on all of the data; otherwise the budget was used up, and the events held out to compare by are not in it.
/// </param>
public sealed record AutoMlResult(TuningResult Choice, ITrainedModel Model, bool SawEverything);
