namespace Kindred.Recipes.Evaluation;

/// <summary>Test users whose results are averaged.</summary>
/// <param name="Name">For people and for the keys of a report, e.g. <c>cold items</c>.</param>
/// <param name="Cases">The test users.</param>
public sealed record TestSlice(string Name, IReadOnlyList<TestCase> Cases)
{
    /// <summary>Items that are ranked, shape [items]; empty = the whole catalogue.</summary>
    public ReadOnlyMemory<bool> Candidates { get; init; }
}
