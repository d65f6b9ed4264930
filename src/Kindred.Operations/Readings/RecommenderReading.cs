using Kindred.Contracts.Jobs;
using Kindred.Contracts.Recommenders;
using Kindred.Contracts.Solutions;

namespace Kindred.Operations.Readings;

/// <summary>A recommender with what it trains.</summary>
/// <param name="Serving">The version whose model it has; null before its first training has ended well.</param>
/// <param name="Job">The training that waits or runs; null when none does.</param>
public sealed record RecommenderReading(RecommenderState State, SolutionVersionState? Serving, JobDescription? Job);
