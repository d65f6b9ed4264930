using Kindred.Lab.Commands;
using Kindred.Lab.Files;

namespace Kindred.Lab.Evaluations;

/// <summary>What <c>evaluate</c> was asked for.</summary>
internal sealed record EvaluationRequest
{
    public required DatasetPaths Files { get; init; }
    public required RecipeChoice Recipe { get; init; }
    public required IEvaluationProtocol Protocol { get; init; }
    public bool KeepSeen { get; init; }
    public required int TestUsers { get; init; }
    public required int Seed { get; init; }
    public required int Threads { get; init; }
}
