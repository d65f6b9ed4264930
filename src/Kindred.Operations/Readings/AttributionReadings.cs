using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Attribution;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Refusals;
using Kindred.Serving.Attribution;

namespace Kindred.Operations.Readings;

/// <summary>What metric attributions came to; needs the scope <c>read</c>. What has come in a moment ago is among it.</summary>
public sealed class AttributionReadings(IResourceCatalog catalog, AttributionCounter counter, IAttributionSeries series)
{
    /// <returns>The values of quarters of an hour that begin from one moment up to another, in order of time.</returns>
    /// <exception cref="RefusedException">ResourceNotFound: the tenant has no such attribution.</exception>
    public async Task<IReadOnlyList<AttributedValue>> ReadAsync(
        Principal principal, Arn attribution, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        principal.Require(AccessScopes.Read, "metric-attributions:Read");
        // Another tenant's is as if there were none.
        var state = attribution.Account == principal.Account ? await catalog.FindAsync<MetricAttributionState>(attribution, cancellationToken) : null;
        if (state is null) throw new RefusedException(RefusalCode.ResourceNotFound, $"There is no resource with the ARN {attribution}.");
        await counter.CountAsync(state.Attribution.DatasetGroupArn, cancellationToken);
        return await series.ReadAsync(attribution, from, until);
    }
}
