using Kindred.Operations.Intake;
using Kindred.Recipes.Catalog;

namespace Kindred.Operations.Solutions;

/// <summary>A recipe that a solution can be made of, for one dataset group.</summary>
/// <param name="Kind">One of the contract's recipe types, such as <c>USER_PERSONALIZATION</c>.</param>
/// <param name="NeedsItems">Learns from the Items dataset, which must exist.</param>
/// <param name="NeedsTexts">The Items schema must flag an item name and a textual column.</param>
/// <param name="NeedsActions">Learns from the Actions dataset, which must exist; groups of a domain have none.</param>
/// <param name="HasEventWeights">Event types can be weighted.</param>
/// <param name="CanExplore">New items can be mixed in by a weight.</param>
/// <param name="Estimate">What a training takes with the group's data on this machine; null before there are data.</param>
public sealed record RecipeOffer(
    string Name, string Arn, string Kind, string Description, bool NeedsItems, bool NeedsTexts, bool NeedsActions,
    bool HasEventWeights, bool CanExplore, TrainingEstimate? Estimate, IReadOnlyList<HyperParameterOffer> HyperParameters);

/// <summary>One setting of a recipe. Values travel as text.</summary>
/// <param name="IsFeatureTransformation">Belongs to <c>featureTransformationParameters</c>, not to the algorithm's.</param>
/// <param name="Hint">What can be given, such as <c>32 to 256</c>; null where anything can.</param>
/// <param name="Values">The only values there are; empty where it is a number.</param>
public sealed record HyperParameterOffer(string Name, string Default, bool IsFeatureTransformation, string? Hint, IReadOnlyList<string> Values)
{
    internal static HyperParameterOffer Of(HyperParameter parameter) => new(
        parameter.Name, parameter.Default, parameter.Kind is HyperParameterKind.FeatureTransformation,
        double.IsFinite(parameter.Min) && double.IsFinite(parameter.Max)
            ? FormattableString.Invariant($"{parameter.Min:0.######} to {parameter.Max:0.######}") : null,
        parameter.Values);
}
