using Kindred.Grains.Resources;

namespace Kindred.Examples.Placements;

[GrainType("placement")]
internal sealed class PlacementGrain([PersistentState("state", "Default")] IPersistentState<PlacementState> state)
    : ResourceGrain<PlacementState>(state);
