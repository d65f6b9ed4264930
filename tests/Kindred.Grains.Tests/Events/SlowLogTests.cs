using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol.Events;
using Kindred.Grains.Datasets;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Serving;
using Kindred.Storage;
using Kindred.Storage.Events;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Grains.Tests.Events;

/// <summary>No turn of a grain waits until a log is read, however long that takes.</summary>
public sealed class SlowLogTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _data = new();
    private readonly ServiceProvider _storage;
    private readonly GatedEventLog _log;

    public SlowLogTests()
    {
        _storage = new ServiceCollection().AddKindredStorageServices(new StorageOptions { DataPath = _data.Path }).BuildServiceProvider();
        _log = new GatedEventLog(_storage.GetRequiredService<IEventLog>());
    }

    public void Dispose()
    {
        _storage.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Tenant_WhileTheLogIsReadByEverybodyWhoReadsIt_GoesOnAnswering()
    {
        await using var silo = await TestSilo.StartAsync(
            _data.Path, services => services.AddSingleton<IEventLog>(_log), new JobOptions { CompactionRecords = 1 });
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.OpenItemsAsync();
        await shop.ImportAsync("first", Shop.Interactions());
        await shop.CreateSolutionAsync();
        await shop.Tenant.CreateSolutionAsync(
            new()
            {
                Name = "related", DatasetGroupArn = shop.GroupArn, RecipeArn = "arn:aws:personalize:::recipe/aws-semantic-similarity",
                PerformAutoTraining = false, PerformIncrementalUpdate = true,
            },
            shop.Caller);
        var tracker = await shop.Tenant.CreateEventTrackerAsync(new() { Name = "site", DatasetGroupArn = shop.GroupArn }, shop.Caller);
        await silo.Get<IEventLog>().AppendAsync(Contracts.Arns.Arn.Parse(shop.GroupArn), [new StreamedItem("i1", null)], default);

        _log.Close();
        var solution = silo.Grains.GetGrain<IRemindable>(GrainId.Create("solution", shop.Name("solution/related")));
        await solution.ReceiveReminder("update", default).WaitAsync(Patience);
        await ReadersAsync(1); // the probe
        var put = silo.Get<EventIngestion>().PutEventsAsync(
            new PutEventsRequest
            {
                TrackingId = tracker.TrackingId!, UserId = "u1", SessionId = "s1",
                EventList = [new Event { EventType = "View", ItemId = "i1", SentAt = DateTimeOffset.UtcNow }],
            },
            shop.Caller, default);
        await ReadersAsync(2); // the group is opened
        await silo.Get<CompactionSchedule>().LookAsync();
        await ReadersAsync(3); // the compaction
        var version = await shop.StartTrainingAsync().WaitAsync(Patience);
        await ReadersAsync(4); // the training

        await shop.Tenant.CreateSchemaAsync(new() { Name = "users", Schema = UsersSchema }, shop.Caller).WaitAsync(Patience);
        await shop.Tenant.CreateDatasetAsync(
            new() { Name = "users", SchemaArn = shop.Name("schema/users"), DatasetGroupArn = shop.GroupArn, DatasetType = "Users" },
            shop.Caller).WaitAsync(Patience);
        Assert.False(put.IsCompleted);
        _log.Open();

        await put.WaitAsync(Patience);
        Assert.Equal(ResourceStatus.Active, (await shop.VersionAsync(version)).Status);
    }

    private const string UsersSchema =
        """
        {"type":"record","name":"Users","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"USER_ID","type":"string"},{"name":"AGE","type":["int","null"]}],"version":"1.0"}
        """;

    private Task ReadersAsync(int count) => Eventually.IsTrueAsync(() => Task.FromResult(_log.Waiting >= count));
}
