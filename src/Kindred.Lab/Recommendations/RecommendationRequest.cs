using Kindred.Lab.Commands;
using Kindred.Lab.Files;

namespace Kindred.Lab.Recommendations;

/// <summary>What <c>recommend</c> was asked for.</summary>
internal sealed record RecommendationRequest
{
    public const string StandardOutput = "-";

    /// <summary>A model file, or null to train on <see cref="Files"/> first.</summary>
    public string? Model { get; init; }

    public DatasetPaths? Files { get; init; }
    public RecipeChoice? Recipe { get; init; }

    /// <summary>Events beyond those trained on, or null.</summary>
    public string? History { get; init; }

    /// <summary>Whom to recommend to, or null for the users of the history, or of the training.</summary>
    public string? Users { get; init; }

    /// <summary>Lists of items to rank, or null for the whole catalogue.</summary>
    public string? Candidates { get; init; }

    /// <summary>The context in which everybody asks; null = nothing is known of it.</summary>
    public IReadOnlyDictionary<string, string>? Context { get; init; }

    /// <summary>Most items of a line; null = 100, or all candidates.</summary>
    public int? NumResults { get; init; }

    /// <summary>Whether items of the history may be recommended; null = where the model says that users come back to them.</summary>
    public bool? KeepSeen { get; init; }

    /// <summary>A file, or <see cref="StandardOutput"/>.</summary>
    public required string Output { get; init; }

    /// <summary>Between the items of a line.</summary>
    public required char Separator { get; init; }

    public required int Seed { get; init; }
    public required int Threads { get; init; }
}
