using Kindred.Recipes;
using Kindred.Recipes.Evaluation;
using Kindred.Recipes.Interactions;
using Kindred.Recipes.Personalization;
using Kindred.Recipes.Training;

namespace Kindred.Lab.Evaluations;

/// <summary>A protocol as the lab runs it: how to split, and how to measure a model on the split.</summary>
internal interface IEvaluationProtocol
{
    string Name { get; }
    string Description { get; }

    /// <summary>By which convention the metrics are defined, for people.</summary>
    string Convention { get; }

    /// <summary>Whether there is nothing to measure without an items dataset.</summary>
    bool NeedsItems { get; }

    /// <summary>What a search compares by, so that it looks for what the protocol asks.</summary>
    HoldoutKind Holdout { get; }

    /// <summary>Whether items that a user has met compete in any case.</summary>
    bool KeepsSeen => false;

    /// <exception cref="LabException">The data does not allow this protocol.</exception>
    IPreparedEvaluation Prepare(InteractionLog log, EvaluationRequest request);
}

/// <summary>A split that models can be measured on.</summary>
internal interface IPreparedEvaluation
{
    /// <summary>The interactions to train on.</summary>
    InteractionLog Training { get; }

    IReadOnlyList<string> Notes { get; }

    IReadOnlyList<MeasuredSlice> Measure(ITrainedModel model, TrainingRun run);
}

/// <summary>Metrics of a group of test users.</summary>
/// <param name="Name">Which users.</param>
/// <param name="Users">How many.</param>
/// <param name="Candidates">Number of items that were ranked.</param>
/// <param name="Metrics">By name.</param>
internal sealed record MeasuredSlice(string Name, int Users, int Candidates, IReadOnlyDictionary<string, MetricEstimate> Metrics)
{
    /// <summary>NDCG@20 of a ranking by chance; null where it says nothing.</summary>
    public double? RandomNdcg20 { get; init; }
}
