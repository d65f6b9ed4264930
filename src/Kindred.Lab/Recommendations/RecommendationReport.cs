namespace Kindred.Lab.Recommendations;

/// <summary>What <c>recommend</c> did.</summary>
/// <param name="Recipe">Name of the recipe.</param>
/// <param name="Rung">Which members served.</param>
/// <param name="Users">Lines written.</param>
/// <param name="UsersWithoutHistory">Users of whom nothing is known; they get what is popular.</param>
/// <param name="Items">Items that the model can recommend.</param>
/// <param name="Training">How long training or opening the model took.</param>
/// <param name="Scoring">How long recommending took.</param>
/// <param name="PeakBytes">Memory at the peak.</param>
/// <param name="Notes">What the caller should know, one sentence each.</param>
internal sealed record RecommendationReport(
    string Recipe, string Rung, int Users, int UsersWithoutHistory, int Items, TimeSpan Training, TimeSpan Scoring,
    long PeakBytes, IReadOnlyList<string> Notes);
