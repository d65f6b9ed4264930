using Kindred.Grains.Resources;

namespace Kindred.Examples.Recommenders;

[GrainType("recommender")]
internal sealed class RecommenderGrain([PersistentState("state", "Default")] IPersistentState<RecommenderState> state)
    : ResourceGrain<RecommenderState>(state);
