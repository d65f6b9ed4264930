using Kindred.Recipes;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Evaluation.Protocols;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Evaluations;

/// <summary>A protocol of research: full rankings, measured by the conventions of research.</summary>
/// <param name="protocol">How to split.</param>
/// <param name="needsItems">Whether there is nothing to measure without an items dataset.</param>
/// <param name="holdout">What a search compares by.</param>
/// <param name="keepsSeen">Whether items that a user has met compete in any case.</param>
/// <param name="withUsers">What takes the protocol's place where something is known about users; null = nothing does.</param>
internal sealed class RankingProtocol(
    IProtocol protocol, bool needsItems = false, HoldoutKind holdout = HoldoutKind.Newest, bool keepsSeen = false, IProtocol? withUsers = null)
    : IEvaluationProtocol
{
    public string Name => protocol.Name;
    public string Description => protocol.Description;
    public string Convention => "research: full ranking of the catalogue, hit worth 1/log2(1 + rank), ideal = all of the truth on top";
    public bool NeedsItems => needsItems;
    public HoldoutKind Holdout => holdout;
    public bool KeepsSeen => keepsSeen;

    public IPreparedEvaluation Prepare(InteractionLog log, EvaluationRequest request)
    {
        var plan = (request.Files.Users is null ? protocol : withUsers ?? protocol).Plan(log, request.Seed, request.TestUsers);
        if (plan.Slices.All(slice => slice.Cases.Count == 0))
        {
            var size = FormattableString.Invariant($"{log.UsersWith(1):N0} users with {log.Count:N0} interactions");
            throw new LabException($"The protocol {Name} finds nobody to test among {size}; more interactions per user are needed.");
        }
        if (plan.Training.Count == 0)
            throw new LabException($"The protocol {Name} leaves nothing to train on; interactions at more different moments are needed.");
        return new Prepared(plan, KeepsSeen || request.KeepSeen);
    }

    private sealed class Prepared(EvaluationPlan plan, bool keepSeen) : IPreparedEvaluation
    {
        public InteractionLog Training => plan.Training;
        public IReadOnlyList<string> Notes => plan.Notes;

        public IReadOnlyList<MeasuredSlice> Measure(ITrainedModel model, TrainingRun run) =>
            [.. plan.Slices.Where(slice => slice.Cases.Count > 0).Select(slice => Measure(model, slice, run))];

        private MeasuredSlice Measure(ITrainedModel model, TestSlice slice, TrainingRun run)
        {
            var ranked = FullRanking.Measure(model, plan.Inputs, slice, keepSeen, run);
            return new MeasuredSlice(slice.Name, ranked.Ranks.Count, ranked.CandidateCount, SliceMetrics.Of(ranked, run))
            {
                RandomNdcg20 = slice.Candidates.IsEmpty
                    ? null
                    : slice.Cases.Average(test => RankMetrics.RandomNdcg(test.Truth.Length, ranked.CandidateCount, 20)),
            };
        }
    }
}
