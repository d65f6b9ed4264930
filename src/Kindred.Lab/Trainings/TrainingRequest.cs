using Kindred.Lab.Commands;
using Kindred.Lab.Files;

namespace Kindred.Lab.Trainings;

/// <summary>What <c>train</c> was asked for.</summary>
internal sealed record TrainingRequest
{
    public required DatasetPaths Files { get; init; }
    public required RecipeChoice Recipe { get; init; }

    /// <summary>A model to go on from, of the same recipe; null = from nothing.</summary>
    public string? From { get; init; }

    /// <summary>Where the model is written.</summary>
    public required string Output { get; init; }

    public required int Seed { get; init; }
    public required int Threads { get; init; }
}
