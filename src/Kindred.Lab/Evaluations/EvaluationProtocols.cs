using Kindred.Recipes.Evaluation.Protocols;
using Kindred.Recipes.Personalization;

namespace Kindred.Lab.Evaluations;

/// <summary>The protocols by name.</summary>
internal static class EvaluationProtocols
{
    private static readonly IEvaluationProtocol[] All =
    [
        new RankingProtocol(new LeaveOneOutProtocol()),
        new RankingProtocol(new TimeSplitProtocol()),
        new RankingProtocol(new RandomProtocol(), holdout: HoldoutKind.Random),
        new RankingProtocol(new NextBasketProtocol(), keepsSeen: true),
        new ServiceProtocol(),
        new RankingProtocol(new ColdItemsProtocol(), needsItems: true),
        new RankingProtocol(new ColdUsersProtocol(), withUsers: new ColdUsersProtocol(fromNothing: true)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(protocol => protocol.Name)];

    /// <exception cref="LabException">There is no such protocol.</exception>
    public static IEvaluationProtocol Find(string name) => All.FirstOrDefault(protocol => protocol.Name == name)
        ?? throw new LabException($"There is no protocol '{name}'; choose one of {string.Join(", ", Names)}.");
}
