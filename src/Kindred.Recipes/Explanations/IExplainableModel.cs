namespace Kindred.Recipes.Explanations;

/// <summary>A model of several members that can say what each had to do with a score.</summary>
public interface IExplainableModel
{
    /// <summary>Names of the members, for people; popularity is one of them.</summary>
    IReadOnlyList<string> Members { get; }

    /// <summary>
    /// What each member adds to the scores of some items, less what it adds to an item on average: so members can be compared, whatever
    /// constant of the history their scores have. What re-orders the blend afterwards is not in it.
    /// </summary>
    /// <param name="query">For whom.</param>
    /// <param name="items">Codes of the items.</param>
    /// <param name="contributions">Receives log-odds, row-major, shape [items, <see cref="Members"/>].</param>
    /// <returns><see langword="false"/> when nothing is known of the user: then popularity, or one member alone, has decided.</returns>
    /// <exception cref="ArgumentException"><paramref name="contributions"/> is of another shape.</exception>
    bool TryExplain(in ScoreQuery query, ReadOnlySpan<int> items, Span<float> contributions);
}
