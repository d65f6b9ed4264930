using System.Globalization;
using System.Text;
using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Runtime;

namespace Kindred.Grains.Tests.World;

/// <summary>
/// A tenant with a group of a domain, and data with planted tastes: users keep to one of four shelves of 40 items, buy (or watch) items in pairs
/// of neighbours, and everybody looks at <see cref="Seen"/> and buys <see cref="Bought"/>.
/// </summary>
internal sealed class DomainShop(TestSilo silo, Caller caller, string domain)
{
    public const string Ecommerce = "ECOMMERCE";
    public const string Video = "VIDEO_ON_DEMAND";
    public const string Seen = "hit-seen";
    public const string Bought = "hit-bought";
    private const int Shelves = 4;
    private const int PerShelf = 40;
    private const int Users = 120;

    public Caller Caller => caller;
    public TestSilo Silo => silo;
    public Shop Shop { get; } = new(silo, caller);
    public string GroupArn => Shop.GroupArn;
    public string Name(string resource) => Shop.Name(resource);

    /// <summary>What makes an item a user's own: bought, or watched.</summary>
    private string Owning => domain is Ecommerce ? "Purchase" : "Watch";

    public async Task<DomainShop> OpenAsync(bool withItems = false, bool withData = true)
    {
        await CallAsync<CreateDatasetGroupRequest, CreateDatasetGroupResponse>(new() { Name = "shop", Domain = domain });
        await AddDatasetAsync("Interactions", InteractionsSchema);
        if (withData) Assert.Equal("ACTIVE", (await Shop.ImportAsync("interactions", Interactions())).Status);
        if (!withItems) return this;
        await AddDatasetAsync("Items", domain is Ecommerce ? ItemsSchema("PRICE", "float", "CATEGORY_L1") : ItemsSchema("CREATION_TIMESTAMP", "long", "GENRES"));
        Assert.Equal("ACTIVE", (await Shop.ImportAsync("items", Items(), datasetArn: Shop.ItemsArn)).Status);
        return this;
    }

    public Task<TResponse> CallAsync<TRequest, TResponse>(TRequest request) where TRequest : class where TResponse : class =>
        silo.CallAsync<TRequest, TResponse>(caller, request);

    public Task CallAsync<TRequest>(TRequest request) where TRequest : class => silo.CallAsync(caller, request);

    public async Task<string> CreateAsync(string name, string recipe, RecommenderConfig? config = null) =>
        (await CallAsync<CreateRecommenderRequest, CreateRecommenderResponse>(new()
        {
            Name = name, DatasetGroupArn = GroupArn, RecipeArn = $"arn:aws:personalize:::recipe/{recipe}", RecommenderConfig = config,
        })).RecommenderArn!;

    public async Task<Recommender> DescribeAsync(string arn) =>
        (await CallAsync<DescribeRecommenderRequest, DescribeRecommenderResponse>(new() { RecommenderArn = arn })).Recommender!;

    /// <summary>Waits until no job works on the recommender, or on its latest update, any more.</summary>
    public Task<Recommender> SettleAsync(string arn) => Shop.SettleAsync(
        async () => (Recommender?)await DescribeAsync(arn),
        recommender => recommender.Status is ResourceStatus.StartPending or ResourceStatus.StartInProgress
            ? ResourceStatus.CreatePending
            : ResourceStatus.IsUnfinished(recommender.Status) ? recommender.Status! : recommender.LatestRecommenderUpdate?.Status ?? recommender.Status!);

    public async Task<string[]> RecommendAsync(string arn, string? user = null, string? item = null, int count = 10) =>
        [.. (await CallAsync<GetRecommendationsRequest, GetRecommendationsResponse>(
            new() { RecommenderArn = arn, UserId = user, ItemId = item, NumResults = count })).ItemList!.Select(answer => answer.ItemId!)];

    public static string Item(int shelf, int place) => $"item-{shelf}-{place}";

    public static int ShelfOf(string item) => item.StartsWith("item-", StringComparison.Ordinal) ? item[5] - '0' : -1;

    /// <summary>The item that is bought together with a given one.</summary>
    public static string Pair(int shelf, int place) => Item(shelf, place ^ 1);

    /// <summary>What a user has bought or watched.</summary>
    public static IEnumerable<string> OwnedBy(int user)
    {
        var pairs = Enumerable.Range(0, PerShelf / 2).ToArray();
        new Random(user).Shuffle(pairs);
        return pairs.Take(5).SelectMany(pair => new[] { Item(user % Shelves, 2 * pair), Item(user % Shelves, 2 * pair + 1) }).Prepend(Bought);
    }

    private string Interactions()
    {
        var csv = new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n");
        for (var user = 0; user < Users; user++)
        {
            var places = Enumerable.Range(0, PerShelf).ToArray();
            new Random(1000 + user).Shuffle(places);
            var looked = places.Take(12).Select(place => Item(user % Shelves, place)).Prepend(Seen);
            var events = looked.Select(item => (item, Type: domain is Ecommerce ? "View" : "Click"))
                .Concat(OwnedBy(user).Select(item => (item, Type: Owning)));
            foreach (var (step, (item, type)) in events.Index())
                csv.Append(CultureInfo.InvariantCulture, $"u{user},{item},{1_700_000_000 + step * Users + user},{type}\n");
        }
        return csv.ToString();
    }

    private string Items()
    {
        var csv = new StringBuilder(domain is Ecommerce ? "ITEM_ID,PRICE,CATEGORY_L1\n" : "ITEM_ID,CREATION_TIMESTAMP,GENRES\n");
        for (var shelf = 0; shelf < Shelves; shelf++)
        {
            for (var place = 0; place < PerShelf; place++) csv.Append(CultureInfo.InvariantCulture, $"{Item(shelf, place)},1600000000,shelf{shelf}\n");
        }
        return csv.ToString();
    }

    private async Task AddDatasetAsync(string type, string schema)
    {
        var name = type.ToLowerInvariant();
        await CallAsync<CreateSchemaRequest, CreateSchemaResponse>(new() { Name = name, Schema = schema, Domain = domain });
        await CallAsync<CreateDatasetRequest, CreateDatasetResponse>(
            new() { Name = name, SchemaArn = Name($"schema/{name}"), DatasetGroupArn = GroupArn, DatasetType = type });
    }

    private const string InteractionsSchema =
        """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},
        {"name":"EVENT_TYPE","type":"string"}],"version":"1.0"}
        """;

    private static string ItemsSchema(string number, string type, string category) =>
        $$"""
        {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","fields":[{"name":"ITEM_ID","type":"string"},
        {"name":"{{number}}","type":"{{type}}"},{"name":"{{category}}","type":"string","categorical":true}],"version":"1.0"}
        """;
}
