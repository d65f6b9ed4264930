using System.Collections.Concurrent;
using System.Text;
using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Campaigns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Changes;
using Kindred.Contracts.Events;
using Kindred.Contracts.Filters;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Protocol.Runtime;
using Kindred.Serving.Endpoints;
using Kindred.Serving.Scores;
using Kindred.Serving.Watching;
using Kindred.Storage;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Kindred.Storage.Import;
using Kindred.Storage.Quotas;
using Kindred.Storage.Snapshots;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kindred.Serving.Tests.World;

/// <summary>Serving on a real event log in a folder of its own; grains and catalogue are fakes, models as each test wants.</summary>
internal sealed class ServingWorld : IDisposable
{
    public const string Region = "us-east-1";
    public const string ItemSchema = """
        {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
          {"name":"ITEM_ID","type":"string"},
          {"name":"CATEGORY","type":["null","string"],"categorical":true},
          {"name":"PRICE","type":["null","float"]},
          {"name":"CREATION_TIMESTAMP","type":["null","long"]}]}
        """;
    public const string UserSchema = """
        {"type":"record","name":"Users","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
          {"name":"USER_ID","type":"string"},{"name":"AGE","type":"int"}]}
        """;
    public const string InteractionSchema = """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","version":"1.0","fields":[
          {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},{"name":"EVENT_TYPE","type":"string"}]}
        """;

    public static Caller Alice { get; } = new("111111111111", Region, null);
    public static Caller Bob { get; } = new("222222222222", Region, null);

    private readonly TemporaryFolder _folder = new();
    private IArtifactStore? _artifacts;
    private EventWatch? _watch;
    private readonly ConcurrentDictionary<string, FakeModel> _models = new();
    private ServiceProvider _services = null!;

    public ServingWorld()
    {
        Catalog = new FakeCatalog(Grains);
        Start();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    public FakeGrains Grains { get; } = new();
    public UnreliableFeed Feed { get; } = new();
    /// <summary>Taken up by the next start.</summary>
    public ServingOptions Options { get; set; } = new();
    /// <summary>Taken up by the next start; no limits unless a test sets some.</summary>
    public DataRates Rates { get; set; } = new(0, 0);
    public FakeCatalog Catalog { get; }
    public StorageOptions Storage => new() { DataPath = _folder.Path };
    public IArtifactStore Artifacts => _artifacts ??= new LocalArtifactStore(Storage);
    public IEventLog Events { get; private set; } = null!;
    public GroupDirectory Groups { get; private set; } = null!;
    public TrackerDirectory Trackers { get; private set; } = null!;
    public FilterDirectory Filters { get; private set; } = null!;
    public CampaignDirectory Campaigns { get; private set; } = null!;
    public ModelStore Models { get; private set; } = null!;
    public RecommendationService Recommendations { get; private set; } = null!;
    /// <summary>Runs when the model of a campaign is not there, before its request hears of it; null when no test waits for it.</summary>
    public System.Action? OpenFailed { get; set; }
    public EventIngestion Ingestion { get; private set; } = null!;
    public EventWatch Watch => _watch ??= new EventWatch(Clock);

    /// <summary>Ends the process, as far as serving is concerned, and starts it anew on the same folder.</summary>
    public void Restart()
    {
        Stop();
        Start();
    }

    /// <summary>A dataset group with interactions, items and users, a tracker "tracker-{name}" and nothing imported.</summary>
    public Arn AddGroup(Caller owner, string name = "shop", string interactions = InteractionSchema)
    {
        var group = Arn.DatasetGroup(Region, owner.Account, name);
        Events.CreateAsync(group, default).GetAwaiter().GetResult();
        Grains.Add(new GroupData
        {
            DatasetGroupArn = group,
            Datasets =
            [
                Dataset(owner, name, DatasetTypes.Interactions, interactions),
                Dataset(owner, name, DatasetTypes.Items, ItemSchema),
                Dataset(owner, name, DatasetTypes.Users, UserSchema),
            ],
        });
        var tracker = Arn.EventTracker(Region, owner.Account, $"t{name}");
        Catalog.Trackers[tracker.ToString()] = new EventTrackerState
        {
            Tracker = new EventTrackerRecord
            {
                Name = name, Arn = tracker, AccountId = owner.Account, TrackingId = $"tracker-{name}", DatasetGroupArn = group,
                Status = ResourceStatus.Active, CreatedAt = Clock.GetUtcNow(), UpdatedAt = Clock.GetUtcNow(),
            },
        };
        return group;
    }

    /// <returns>The filter's ARN; one of that name is replaced.</returns>
    public string AddFilter(Arn group, string expression, string name = "filter")
    {
        var arn = Arn.Parse($"arn:aws:personalize:{Region}:{group.Account}:filter/{name}");
        var number = Catalog.Filters.TryGetValue(arn.ToString(), out var old) ? old.Number + 1 : 1;
        Catalog.Filters[arn.ToString()] = new FilterState
        {
            Filter = new FilterRecord
            {
                Name = name, Arn = arn, DatasetGroupArn = group, Expression = expression, Status = ResourceStatus.Active,
                CreatedAt = Clock.GetUtcNow(), UpdatedAt = Clock.GetUtcNow(),
            },
            Number = number,
        };
        Feed.Publish(new Change(ChangedSubject.Filter, arn.ToString(), number));
        return arn.ToString();
    }

    public string AddCampaign(Arn group, FakeModel model, string name = "campaign", bool metadata = false, params (string Key, string Value)[] exploration)
    {
        _models[$"models/{group.Account}/{name}"] = model;
        return AddCampaign(group, model.Recipe.Name, $"models/{group.Account}/{name}", name, metadata, exploration);
    }

    public string AddCampaign(Arn group, string recipe, string artifactPath, string name = "campaign", bool metadata = false, params (string Key, string Value)[] exploration)
    {
        var campaign = Arn.Campaign(Region, group.Account, name);
        Grains.Add(new CampaignServing
        {
            CampaignArn = campaign,
            SolutionVersionArn = Arn.SolutionVersion(Region, group.Account, "solution", "00000001"),
            DatasetGroupArn = group,
            Recipe = recipe,
            ArtifactPath = artifactPath,
            MetadataEnabled = metadata,
            ItemExploration = exploration.ToDictionary(entry => entry.Key, entry => entry.Value),
        });
        return campaign.ToString();
    }

    /// <summary>Adds rows to a dataset as an import does: segment, snapshot, publication in the group's data. Serving is not told.</summary>
    public async Task ImportAsync(Arn group, string type, string csv)
    {
        var old = Grains.Groups[group.ToString()];
        var dataset = old.Find(type)!;
        var outcome = await CsvImporter.ImportAsync(new CsvImport
        {
            Artifacts = Artifacts,
            Sequence = dataset.Generation + 1,
            DatasetGroupArn = group,
            DatasetType = type,
            ImportJobArn = Arn.DatasetImportJob(Region, group.Account, $"import{dataset.Generation}"),
            Schema = Kindred.Storage.Schemas.ParsedSchema.Parse(dataset.Schema),
            Sources = [new CsvSource("data.csv", _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(csv))))],
        }, null, default);
        var next = dataset with
        {
            BulkSegments = [.. dataset.BulkSegments, .. outcome.Segments],
            Generation = dataset.Generation + 1,
        };
        next = next with { SnapshotPath = await DatasetSnapshots.BuildAsync(Artifacts, group, next, default) };
        Grains.Add(old with { Number = old.Number + 1, Datasets = [.. old.Datasets.Select(d => d.DatasetType == type ? next : d)] });
    }

    /// <summary>Moves what was streamed until now from the log into segments and snapshots, and tells serving.</summary>
    public async Task CompactAsync(Arn group)
    {
        var data = Grains.Groups[group.ToString()];
        var compactions = await EventCompactor.CompactAsync(Artifacts, data, Events, long.MaxValue, default);
        var done = compactions.ToDictionary(compaction => compaction.DatasetType);
        Grains.Add(data with
        {
            Number = data.Number + 1,
            Datasets = [.. data.Datasets.Select(d => done.TryGetValue(d.DatasetType, out var c)
                ? d with { StreamedSegments = c.StreamedSegments, SnapshotPath = c.SnapshotPath, CompactedThrough = c.CompactedThrough, Generation = d.Generation + 1 }
                : d)],
        });
        await Groups.RefreshAsync(group, default);
        await Events.DropBelowAsync(group, Grains.Groups[group.ToString()].Datasets.Min(d => d.CompactedThrough), default);
    }

    public string Path(string relative) => _folder.At(relative);

    public Task PutAsync(Caller caller, string? user, string session, params string[] items) => PutAsync(caller, user, session, "shop", items);

    public async Task PutAsync(Caller caller, string? user, string session, string group, string[] items)
    {
        foreach (var part in items.Chunk(10))
        {
            await Ingestion.PutEventsAsync(new PutEventsRequest
            {
                TrackingId = $"tracker-{group}",
                UserId = user,
                SessionId = session,
                EventList = [.. part.Select(item => new Event { EventType = "View", ItemId = item, SentAt = Clock.GetUtcNow() })],
            }, caller, default);
        }
    }

    public Task PutItemAsync(Caller caller, string item, string properties) => Ingestion.PutItemsAsync(
        new PutItemsRequest { DatasetArn = Arn.Dataset(Region, caller.Account, "shop", "ITEMS").ToString(), Items = [new Item { ItemId = item, Properties = properties }] }, caller, default);

    public async Task<IReadOnlyList<PredictedItem>> RecommendAsync(Caller caller, string campaign, string? user, int? count = null, string? item = null) =>
        (await Recommendations.RecommendAsync(new GetRecommendationsRequest { CampaignArn = campaign, UserId = user, ItemId = item, NumResults = count }, caller, default)).ItemList!;

    public async Task<string[]> ItemsForAsync(Caller caller, string campaign, string? user, int? count = null, string? item = null) =>
        [.. (await RecommendAsync(caller, campaign, user, count, item)).Select(predicted => predicted.ItemId!)];

    public void Dispose()
    {
        Stop();
        _folder.Dispose();
    }

    private void Stop()
    {
        Campaigns.Dispose();
        Groups.Dispose();
        Trackers.Dispose();
        Filters.Dispose();
        Models.Dispose();
        _services.Dispose();
    }

    private void Start()
    {
        var options = Options;
        _services = new ServiceCollection().AddKindredStorageServices(Storage).BuildServiceProvider();
        Events = _services.GetRequiredService<IEventLog>();
        Groups = new GroupDirectory(Grains.Factory, Catalog, Feed, Events, Artifacts, options, Clock, NullLogger<GroupDirectory>.Instance);
        Trackers = new TrackerDirectory(Catalog, Feed, options, Clock);
        Filters = new FilterDirectory(Catalog, Feed, options, Clock);
        Campaigns = new CampaignDirectory(Grains.Factory, Catalog, Feed, options, Clock);
        var scores = new ScoreCache(options);
        Models = new ModelStore(
            (recipe, name) =>
            {
                if (_models.TryGetValue(name, out var fake)) return Task.FromResult(fake.Copy().Open(cache: scores));
                if (!File.Exists(Path(name))) OpenFailed?.Invoke();
                return ModelStore.OpenAsync(recipe, name, Artifacts, scores);
            },
            Feed, options, Clock, NullLogger<ModelStore>.Instance);
        Recommendations = new RecommendationService(
            new EndpointDirectory([new CampaignEndpoints(Campaigns)]), Groups, Models, Filters, new RequestTraffic(Clock), Rates, Clock);
        Ingestion = new EventIngestion(
            Trackers, Groups, Events, new StorageQuota(Storage, Clock), Feed, Watch, Rates, Clock, NullLogger<EventIngestion>.Instance);
    }

    private static DatasetData Dataset(Caller owner, string group, string type, string schema) =>
        new() { DatasetArn = Arn.Dataset(Region, owner.Account, group, type), DatasetType = type, Schema = schema };
}
