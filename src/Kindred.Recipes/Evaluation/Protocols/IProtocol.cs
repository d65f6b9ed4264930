using Kindred.Recipes.Interactions;

namespace Kindred.Recipes.Evaluation.Protocols;

/// <summary>A way of hiding a part of the data from training, to see whether a model finds it.</summary>
public interface IProtocol
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>What it does, one sentence for people.</summary>
    string Description { get; }

    /// <summary>Splits a log. Same log and seed, same plan.</summary>
    /// <param name="log">All interactions that count.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <param name="maxCases">Most test users of a slice; of more, this many are drawn.</param>
    EvaluationPlan Plan(InteractionLog log, int seed, int maxCases);
}
