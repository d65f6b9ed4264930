using Kindred.Contracts.Attribution;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Attribution;

[GrainType("metric-attribution")]
internal sealed class MetricAttributionGrain([PersistentState("state", "Default")] IPersistentState<MetricAttributionState> state)
    : ResourceGrain<MetricAttributionState>(state), IMetricAttributionResource
{
    public Task UpdateAsync(AttributionRecord attribution) => ChangeAsync(current => current with { Attribution = attribution });
}
