using Kindred.Recipes;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Evaluations;

/// <summary>The service's own protocol and metrics: one user in ten tests, the newest tenth of their events is to be found.</summary>
internal sealed class ServiceProtocol : IEvaluationProtocol
{
    public string Name => "users";
    public string Description => "nine users in ten train; of each other user the oldest 90 % is the input and the newest 10 % is to be found";
    public string Convention =>
        "service (GetSolutionMetrics): hit worth 1/ln(1 + rank), ideal = the list's own hits on top, items met before as serving places them";
    public bool NeedsItems => false;
    public HoldoutKind Holdout => HoldoutKind.Newest;

    public IPreparedEvaluation Prepare(InteractionLog log, EvaluationRequest request)
    {
        var split = UserSplit.Of(log, request.Seed);
        if (split.TestUsers.Count == 0)
            throw new LabException("The protocol users needs users with at least 2 interactions; there are none.");
        if (split.Training.Count == 0)
            throw new LabException("The protocol users leaves nothing to train on; more users are needed.");
        return new Prepared(split);
    }

    private sealed class Prepared(UserSplit split) : IPreparedEvaluation
    {
        public InteractionLog Training => split.Training;
        public IReadOnlyList<string> Notes => [];

        public IReadOnlyList<MeasuredSlice> Measure(ITrainedModel model, TrainingRun run) =>
        [
            new MeasuredSlice(
                "test users",
                split.TestUsers.Count,
                model.Items.Count,
                ServiceMetrics.Estimate(model, split, withEventWeights: false, run)),
        ];
    }
}
