using Kindred.Lab.Files;
using Kindred.Recipes.Training;
using Kindred.Recipes.Tuning;

namespace Kindred.Lab.Trainings;

/// <summary>What <c>train</c> did.</summary>
internal sealed record ModelReport
{
    public required TrainingRequest Request { get; init; }
    public required LoadedData Data { get; init; }
    public required string Recipe { get; init; }
    public required string Rung { get; init; }
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Since the process was started, until the first usable model was written.</summary>
    public required TimeSpan FirstModelAfter { get; init; }

    public required string FirstRung { get; init; }
    public required TimeSpan TrainingTime { get; init; }
    public required TrainingQuote? Quote { get; init; }

    /// <summary>Since the process was started, until the last model was written.</summary>
    public required TimeSpan Elapsed { get; init; }

    public required IReadOnlyList<Trial> Trials { get; init; }
    public required long ModelBytes { get; init; }
    public required long PeakBytes { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }
}
