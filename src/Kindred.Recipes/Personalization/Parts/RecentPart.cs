using Kindred.Recipes.Artifacts;
using Kindred.Recipes.Personalization.Signals;

namespace Kindred.Recipes.Personalization.Parts;

/// <summary>What is popular at the time of the request.</summary>
internal sealed class RecentPart(RecentPopularity recent) : IPart
{
    public IReadOnlyList<ISignal> Signals { get; } = [recent];

    public IPart With(ItemShares shares) => this; // its log-odds hold the popularity that it was counted with

    public void Write(ArtifactWriter writer, string prefix) => recent.Write(writer, prefix);
}
