using Kindred.Lab.Files;

namespace Kindred.Lab.Evaluations;

/// <summary>What <c>evaluate</c> found.</summary>
internal sealed record EvaluationReport
{
    public required EvaluationRequest Request { get; init; }
    public required LoadedData Data { get; init; }
    public required int TrainingInteractions { get; init; }
    public required MeasuredRecipe Result { get; init; }

    /// <summary>Popularity on the same split; the result itself when that is what was measured, or has metrics of its own.</summary>
    public required MeasuredRecipe Baseline { get; init; }

    public required long PeakBytes { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
}
