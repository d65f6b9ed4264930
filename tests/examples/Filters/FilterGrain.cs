using Kindred.Grains.Resources;

namespace Kindred.Examples.Filters;

[GrainType("filter")]
internal sealed class FilterGrain([PersistentState("state", "Default")] IPersistentState<FilterState> state)
    : ResourceGrain<FilterState>(state);
