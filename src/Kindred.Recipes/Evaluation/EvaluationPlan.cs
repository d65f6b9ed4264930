using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Evaluation;

/// <summary>What a protocol makes of a log: what to train on, what to show the model, what it should have said.</summary>
/// <param name="Training">The interactions that training sees; item and user codes are those of the whole log.</param>
/// <param name="Inputs">The log that the cases take their inputs from.</param>
/// <param name="Slices">The test users, in the order of the report; a slice may have no cases.</param>
public sealed record EvaluationPlan(InteractionLog Training, InteractionLog Inputs, IReadOnlyList<TestSlice> Slices)
{
    /// <summary>What a reader of the result should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
