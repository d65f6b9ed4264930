using Kindred.Contracts.Attribution;
using Kindred.Grains.Resources;

namespace Kindred.Grains.Attribution;

[Alias("Kindred.IMetricAttributionResource")]
internal interface IMetricAttributionResource : IResource<MetricAttributionState>
{
    [Alias("UpdateAsync")]
    Task UpdateAsync(AttributionRecord attribution);
}
