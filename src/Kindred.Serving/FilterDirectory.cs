using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Filters;
using Kindred.Serving.Caching;
using Kindred.Serving.Changes;
using Kindred.Serving.Filters;

namespace Kindred.Serving;

/// <summary>Every filter that requests name, taken apart once. Read from the catalogue.</summary>
public sealed class FilterDirectory : IDisposable
{
    private readonly IResourceCatalog _catalog;
    private readonly VersionedCache<Arn, KnownFilter> _filters;
    private readonly IDisposable _subscription;

    public FilterDirectory(IResourceCatalog catalog, IChangeFeed feed, ServingOptions options, TimeProvider clock)
    {
        _catalog = catalog;
        _filters = new(AskAsync, CacheRules.Of(options, "filters") with { AbsenceLifetime = TimeSpan.Zero, MaxAbsences = 0 }, clock);
        _subscription = feed.Subscribe(ChangedSubject.Filter, _filters);
    }

    /// <returns>Null when there is no such filter, or it is not ACTIVE.</returns>
    public ValueTask<KnownFilter?> FindAsync(Arn filter, CancellationToken cancellationToken) => FilterState.Kind.Names(filter)
        ? _filters.GetAsync(filter, cancellationToken)
        : default;

    public void Dispose() => _subscription.Dispose();

    private async Task<Answer<KnownFilter>?> AskAsync(Arn arn, KnownFilter? held)
    {
        if (await _catalog.FindAsync<FilterState>(arn) is not { Status: ResourceStatus.Active } state) return null;
        if (FilterParser.TryParse(state.Filter.Expression, out var expression, out var fault))
            return new(state.Number, new KnownFilter(state.Filter.DatasetGroupArn, expression));
        throw new InvalidDataException($"The stored filter {arn} cannot be read: {fault}");
    }
}
