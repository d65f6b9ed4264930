using System.Globalization;
using System.Text;
using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Attribution;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Operations.Readings;
using Kindred.Serving;
using Kindred.Serving.Attribution;
using Kindred.Storage.Objects;
using Kindred.Testing;

namespace Kindred.Grains.Tests.Attribution;

/// <summary>What events come to, against sums made the obvious way.</summary>
public sealed class MetricAttributionTests : IDisposable
{
    private const string InteractionsSchema =
        """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},
        {"name":"EVENT_TYPE","type":"string"},{"name":"SECONDS","type":["float","null"]},
        {"name":"RECOMMENDATION_ID","type":["string","null"]},{"name":"EVENT_ATTRIBUTION_SOURCE","type":["string","null"]}],"version":"1.0"}
        """;

    private static readonly (string Type, string Name, string Expression)[] Metrics =
    [
        ("Buy", "orders", "SAMPLECOUNT()"), ("Buy", "revenue", "SUM(Items.PRICE)"), ("Watch", "time", "sum( Interactions.seconds )"),
        ("Watch", "value", "SUM(Interactions.EVENT_VALUE)"),
    ];

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Events_OfManySources_AddUpToTheSumsOfTheOracle_ThroughCompactionAndRestart()
    {
        var (oracle, random) = (new Dictionary<(string Metric, string Source), double>(), new Random(11));
        Shop shop;
        string arn;
        await using (var silo = await TestSilo.StartAsync(_data.Path))
        {
            shop = await OpenAsync(silo);
            await StreamAsync(silo, shop, random, 20, []); // before the attribution is made: not counted
            arn = await CreateAsync(silo, shop);
            await StreamAsync(silo, shop, random, 150, oracle);
            Equal(oracle, await ReadAsync(silo, shop, arn));
            await StreamAsync(silo, shop, random, 150, oracle);
            await silo.Grains.GetGrain<IJobControl>(shop.GroupArn).StartAsync(JobKind.Compact); // counts before the log lets go
            await Eventually.IsTrueAsync(async () => await silo.Grains.GetGrain<IJobGrain>(shop.GroupArn).DescribeAsync(default) is null);
            await StreamAsync(silo, shop, random, 50, oracle);
        }

        await using var again = await TestSilo.StartAsync(_data.Path);
        shop = new Shop(again, shop.Caller);
        await StreamAsync(again, shop, random, 100, oracle);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReadAsync(again, shop, arn))); // whoever counts, each event counts once

        Equal(oracle, await ReadAsync(again, shop, arn));
        Assert.Contains(oracle.Keys, key => key.Source == shop.Name("campaign/home"));
        Assert.Contains(oracle.Keys, key => key.Source == AttributionSources.Undefined);
    }

    [Fact]
    public async Task Import_WithPublishing_WritesTheSumsOfItsRows()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await OpenAsync(silo);
        await CreateAsync(silo, shop);
        var (csv, oracle) = (new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,SECONDS,RECOMMENDATION_ID,EVENT_ATTRIBUTION_SOURCE\n"), new Dictionary<(string, string), double>());
        for (var row = 0; row < 1500; row++)
        {
            var (item, type, source) = (row % 40, row % 3 == 0 ? "Buy" : "Watch", row % 5 == 0 ? "" : $"s{row % 2}");
            csv.Append(CultureInfo.InvariantCulture, $"u{row % 60},i{item},{1_700_000_000 + row},{type},{row % 7},,{source}\n");
            foreach (var (metric, value) in Values(type, item, row % 7, null)) Add(oracle, (metric, source.Length == 0 ? AttributionSources.Undefined : source), value);
        }
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        await silo.Get<ObjectStore>().PutAsync(shop.Caller.Account, "data", "rows.csv", body, 64 << 20, default);

        var made = await silo.CallAsync<CreateDatasetImportJobRequest, CreateDatasetImportJobResponse>(shop.Caller, new()
        {
            JobName = "rows", DatasetArn = shop.DatasetArn, DataSource = new() { DataLocation = "s3://data/rows.csv" }, ImportMode = "FULL",
            RoleArn = "arn:aws:iam::000000000000:role/not-used", PublishAttributionMetricsToS3 = true,
        });
        var job = await Shop.SettleAsync(() => shop.ImportJobAsync(made.DatasetImportJobArn!), job => job.Status!);

        Assert.Equal((ResourceStatus.Active, null), (job.Status, job.FailureReason));
        var report = Assert.Single(await silo.Get<ObjectStore>().ListAsync(shop.Caller.Account, "s3://reports/metrics/", default));
        Assert.StartsWith("AggregatedAttributionMetrics - FULL - ", report.Name, StringComparison.Ordinal);
        using var text = new StreamReader(await silo.Get<ObjectStore>().OpenReadAsync(shop.Caller.Account, report, default));
        var lines = (await text.ReadToEndAsync()).TrimEnd('\n').Split('\n');
        Assert.Equal("METRIC_NAME,EVENT_TYPE,VALUE,MATH_FUNCTION,EVENT_ATTRIBUTION_SOURCE,TIMESTAMP", lines[0]);
        Equal(oracle, lines[1..].Select(line => line.Split(',')).ToDictionary(
            cells => (cells[0], cells[4]), cells => double.Parse(cells[2], CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("AVG(Items.PRICE)", "The expression 'AVG(Items.PRICE)' cannot be read; SUM(Items.COLUMN), SUM(Interactions.COLUMN) or SAMPLECOUNT() was expected.")]
    [InlineData("SUM(Items.SHELF)", "The expression 'SUM(Items.SHELF)' adds up SHELF, which is no numeric column of ITEMS; its numeric columns are: PRICE.")]
    [InlineData("SUM(Interactions.TIMESTAMP)", "its numeric columns are: SECONDS, EVENT_VALUE.")]
    public async Task Create_AnExpressionThatCannotBe_IsRefused(string expression, string says)
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await OpenAsync(silo);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => CreateAsync(silo, shop, ("Buy", "m", expression)));

        Assert.Equal(RefusalCode.InvalidInput, refused.Code);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateUpdateListDelete_GoesRound_AndAGroupHasOne()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await OpenAsync(silo);
        var arn = await CreateAsync(silo, shop);
        Assert.Equal(RefusalCode.LimitExceeded, (await Assert.ThrowsAsync<RefusedException>(() => CreateAsync(silo, shop, name: "second"))).Code);
        Assert.Equal(RefusalCode.ResourceInUse, (await Assert.ThrowsAsync<RefusedException>(
            () => silo.CallAsync<DeleteDatasetRequest>(shop.Caller, new() { DatasetArn = shop.ItemsArn }))).Code);

        await silo.CallAsync<UpdateMetricAttributionRequest, UpdateMetricAttributionResponse>(shop.Caller, new()
        {
            MetricAttributionArn = arn, RemoveMetrics = ["time"], AddMetrics = [new() { EventType = "View", MetricName = "views", Expression = "SAMPLECOUNT()" }],
        });
        var names = new List<string>();
        string? next = null;
        do
        {
            var page = await silo.CallAsync<ListMetricAttributionMetricsRequest, ListMetricAttributionMetricsResponse>(
                shop.Caller, new() { MetricAttributionArn = arn, MaxResults = 3, NextToken = next });
            names.AddRange(page.Metrics!.Select(metric => metric.MetricName));
            next = page.NextToken;
        }
        while (next is not null);
        Assert.Equal(["orders", "revenue", "value", "views"], names);
        var listed = await silo.CallAsync<ListMetricAttributionsRequest, ListMetricAttributionsResponse>(shop.Caller, new() { DatasetGroupArn = shop.GroupArn });
        Assert.Equal(arn, Assert.Single(listed.MetricAttributions!).MetricAttributionArn);
        var described = (await silo.CallAsync<DescribeMetricAttributionRequest, DescribeMetricAttributionResponse>(
            shop.Caller, new() { MetricAttributionArn = arn })).MetricAttribution!;
        Assert.Equal(("ACTIVE", "s3://reports/metrics"), (described.Status, described.MetricsOutputConfig!.S3DataDestination!.Path));

        await silo.CallAsync<DeleteMetricAttributionRequest>(shop.Caller, new() { MetricAttributionArn = arn });
        Assert.Equal(arn, await CreateAsync(silo, shop));
    }

    [Fact]
    public void RecommendationIds_TellWhoGaveThem_AndNobodyElse()
    {
        var mine = Arn.Campaign("us-east-1", "123456789012", "home");
        var ids = Enumerable.Range(0, 1000).Select(_ => RecommendationIds.New(mine)).ToArray();

        Assert.Equal(1000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^RID-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id));
        Assert.All(ids, id => Assert.True(RecommendationIds.IsOf(id, mine.ToString())));
        Assert.All(ids, id => Assert.False(RecommendationIds.IsOf(id, mine + "2")));
        Assert.False(RecommendationIds.IsOf("RID-1", mine.ToString()));
        Assert.False(RecommendationIds.IsOf($"RID-{Guid.NewGuid()}", mine.ToString()));
    }

    private static async Task<Shop> OpenAsync(TestSilo silo)
    {
        var shop = new Shop(silo, SiloFixture.NewTenant());
        await shop.Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, shop.Caller);
        await shop.Tenant.CreateSchemaAsync(new() { Name = "interactions", Schema = InteractionsSchema }, shop.Caller);
        await shop.Tenant.CreateDatasetAsync(
            new() { Name = "interactions", SchemaArn = shop.SchemaArn, DatasetGroupArn = shop.GroupArn, DatasetType = "Interactions" }, shop.Caller);
        await shop.OpenItemsAsync();
        var rows = string.Concat(Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"i{i},left,{Price(i)},a\n")));
        await shop.ImportAsync("items", "ITEM_ID,HALF,PRICE,SHELF\n" + rows, datasetArn: shop.ItemsArn);
        await shop.ImportAsync("first", Shop.Interactions()
            .Replace("EVENT_TYPE\n", "EVENT_TYPE,SECONDS,RECOMMENDATION_ID,EVENT_ATTRIBUTION_SOURCE\n", StringComparison.Ordinal)
            .Replace(",View\n", ",View,,,\n", StringComparison.Ordinal));
        await shop.Tenant.CreateEventTrackerAsync(new() { Name = "clicks", DatasetGroupArn = shop.GroupArn }, shop.Caller);
        await shop.CreateSolutionAsync();
        var version = await shop.VersionAsync(await shop.StartTrainingAsync());
        var campaign = await shop.Tenant.CreateCampaignAsync(new() { Name = "home", SolutionVersionArn = version.SolutionVersionArn! }, shop.Caller);
        await shop.CampaignAsync(campaign.CampaignArn!);
        return shop;
    }

    private static async Task<string> CreateAsync(
        TestSilo silo, Shop shop, (string Type, string Name, string Expression)? only = null, string name = "results") =>
        (await silo.CallAsync<CreateMetricAttributionRequest, CreateMetricAttributionResponse>(shop.Caller, new()
        {
            Name = name, DatasetGroupArn = shop.GroupArn,
            Metrics = [.. (only is { } one ? [one] : Metrics).Select(m => new MetricAttribute { EventType = m.Type, MetricName = m.Name, Expression = m.Expression })],
            MetricsOutputConfig = new() { RoleArn = "arn:aws:iam::000000000000:role/not-used", S3DataDestination = new() { Path = "s3://reports/metrics" } },
        })).MetricAttributionArn!;

    /// <summary>Sends events and adds them up.</summary>
    private static async Task StreamAsync(
        TestSilo silo, Shop shop, Random random, int count, Dictionary<(string Metric, string Source), double> oracle)
    {
        var tracker = (await silo.CallAsync<ListEventTrackersRequest, ListEventTrackersResponse>(shop.Caller, new())).EventTrackers!.Single();
        var id = (await silo.CallAsync<DescribeEventTrackerRequest, DescribeEventTrackerResponse>(
            shop.Caller, new() { EventTrackerArn = tracker.EventTrackerArn! })).EventTracker!.TrackingId!;
        var campaign = shop.Name("campaign/home");
        for (var i = 0; i < count; i++)
        {
            var (type, item) = (new[] { "Buy", "Watch", "View" }[random.Next(3)], random.Next(40));
            var (seconds, value) = (random.Next(100), random.Next(2) == 0 ? (float?)random.Next(9) : null);
            var source = random.Next(3) == 0 ? $"mail-{random.Next(3)}" : null;
            var recommendation = random.Next(4) switch
            {
                0 => (await silo.Get<RecommendationService>().RecommendAsync(new() { CampaignArn = campaign, UserId = "u1" }, shop.Caller, default)).RecommendationId,
                1 => $"RID-{Guid.NewGuid()}",
                _ => null,
            };
            var isKnown = recommendation is not null && RecommendationIds.IsOf(recommendation, campaign);
            var at = DateTimeOffset.UtcNow.AddDays(random.Next(10) == 0 ? -20 : -random.Next(13));
            await silo.Get<EventIngestion>().PutEventsAsync(
                new()
                {
                    TrackingId = id, UserId = "u1", SessionId = "s1",
                    EventList =
                    [
                        new()
                        {
                            EventType = type, ItemId = $"i{item}", SentAt = at, EventValue = value, RecommendationId = recommendation,
                            Properties = $$"""{"seconds":{{seconds}}}""",
                            MetricAttribution = source is null ? null : new() { EventAttributionSource = source },
                        },
                    ],
                },
                shop.Caller, default);
            if (at < DateTimeOffset.UtcNow.AddDays(-14)) continue;
            foreach (var (metric, found) in Values(type, item, seconds, value))
                Add(oracle, (metric, source ?? (isKnown ? campaign : AttributionSources.Undefined)), found);
        }
    }

    private static IEnumerable<(string Metric, double Value)> Values(string type, int item, double seconds, double? value)
    {
        if (type is "Buy") yield return ("orders", 1);
        if (type is "Buy") yield return ("revenue", Price(item));
        if (type is "Watch") yield return ("time", seconds);
        if (type is "Watch" && value is { } given) yield return ("value", given);
    }

    private static double Price(int item) => item * 0.25;

    private static void Add(Dictionary<(string, string), double> sums, (string, string) key, double value) =>
        sums[key] = sums.GetValueOrDefault(key) + value;

    private static async Task<Dictionary<(string Metric, string Source), double>> ReadAsync(TestSilo silo, Shop shop, string arn)
    {
        using var entered = CallerContext.Enter(Principal.OfPerson(shop.Caller.Account, "test", AccessScopes.All));
        var values = await silo.Get<AttributionReadings>().ReadAsync(
            Principal.OfPerson(shop.Caller.Account, "test", AccessScopes.All), Arn.Parse(arn), DateTimeOffset.UtcNow.AddDays(-15), DateTimeOffset.UtcNow.AddDays(1), default);
        Assert.All(values, value => Assert.Equal(0, value.At.UtcTicks % TimeSpan.FromMinutes(15).Ticks));
        return values.GroupBy(value => (value.Metric, value.Source)).ToDictionary(group => group.Key, group => group.Sum(value => value.Value));
    }

    private static void Equal(Dictionary<(string, string), double> expected, Dictionary<(string, string), double> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, entry => Assert.Equal(entry.Value, actual[entry.Key], tolerance: 1e-6 * Math.Max(1, Math.Abs(entry.Value))));
    }
}
