using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Recommenders;
using Kindred.Recipes.Catalog;
using Kindred.Serving.Caching;
using Kindred.Serving.Changes;

namespace Kindred.Serving.Endpoints;

/// <summary>Recommenders as endpoints. Their grains own the decision what is served and say when it changed; whoever needs it asks.</summary>
internal sealed class RecommenderEndpoints : IEndpointSource, IDisposable
{
    private static readonly Dictionary<string, double> NoInfluence = [];

    private readonly IGrainFactory _grains;
    private readonly IResourceCatalog _catalog;
    private readonly VersionedCache<Arn, ServedEndpoint> _endpoints;
    private readonly IDisposable _subscription;

    public RecommenderEndpoints(IGrainFactory grains, IResourceCatalog catalog, IChangeFeed feed, ServingOptions options, TimeProvider clock)
    {
        (_grains, _catalog) = (grains, catalog);
        _endpoints = new(AskAsync, CacheRules.Of(options, "recommenders"), clock);
        _subscription = feed.Subscribe(ChangedSubject.Recommender, _endpoints);
    }

    public string ResourceType => ResourceTypes.Recommender;

    public ValueTask<ServedEndpoint?> FindAsync(Arn endpoint, CancellationToken cancellationToken) =>
        RecommenderState.Kind.Names(endpoint) ? _endpoints.GetAsync(endpoint, cancellationToken) : default;

    public Task AskAgainAsync(Arn endpoint, CancellationToken cancellationToken) => _endpoints.RefreshAsync(endpoint, cancellationToken);

    public void Dispose() => _subscription.Dispose();

    private async Task<Answer<ServedEndpoint>?> AskAsync(Arn recommender, ServedEndpoint? held)
    {
        if (held is null && await _catalog.FindAsync<RecommenderState>(recommender) is null) return null;
        using var _ = CallerContext.EnterService(recommender.Account, "look for a recommender");
        var serving = await _grains.GetGrain<IRecommenderGrain>(recommender.ToString()).GetServingAsync(CancellationToken.None);
        return serving is null ? null : new(serving.Number, Describe(serving));
    }

    private static ServedEndpoint Describe(RecommenderServing serving) => new()
    {
        EndpointArn = serving.RecommenderArn,
        DatasetGroupArn = serving.DatasetGroupArn,
        Recipe = RecipeCatalog.FindByArn(serving.RecipeArn)?.Name
            ?? throw new InvalidDataException($"The recipe {serving.RecipeArn} of {serving.RecommenderArn} does not exist in this release."),
        ArtifactPath = serving.ArtifactPath,
        MetadataEnabled = serving.MetadataEnabled,
        ItemExploration = serving.ItemExploration,
        RankingInfluence = NoInfluence,
    };
}
