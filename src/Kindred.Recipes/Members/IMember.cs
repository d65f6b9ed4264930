using Kindred.Recipes.Artifacts;

namespace Kindred.Recipes.Members;

/// <summary>One way of scoring all items for a history: a recipe of its own, and a member of the ensemble.</summary>
/// <remarks>
/// A type that implements it also has <c>static Read(ModelArtifact artifact, string prefix)</c>, the inverse of <see cref="Write"/>.
/// </remarks>
internal interface IMember
{
    int ItemCount { get; }

    /// <summary>Scores every item. Safe for any number of concurrent callers; allocates nothing once warm.</summary>
    /// <param name="query">For whom; items of the history with a code outside 0..ItemCount-1 are ignored.</param>
    /// <param name="scores">Receives a finite score per item on the member's own scale, higher = more likely, shape [ItemCount].</param>
    void Score(in ScoreQuery query, Span<float> scores);

    /// <summary>Adds the member's tensors and facts, each name beginning with <paramref name="prefix"/>.</summary>
    void Write(ArtifactWriter writer, string prefix);
}
