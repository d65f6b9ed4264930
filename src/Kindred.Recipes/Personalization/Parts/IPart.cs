using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Recipes.Personalization.Parts;

/// <summary>A trained member of the ensemble with the signals that it gives.</summary>
internal interface IPart
{
    IReadOnlyList<ISignal> Signals { get; }

    /// <summary>The same member, judged against another popularity.</summary>
    IPart With(ItemShares shares);

    /// <summary>Adds the member's tensors, each name beginning with <paramref name="prefix"/>.</summary>
    void Write(ArtifactWriter writer, string prefix);
}
