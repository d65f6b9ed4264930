using System.Globalization;
using System.Text;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Jobs;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Refusals;
using Kindred.Contracts.Solutions;
using Kindred.Grains.Datasets;
using Kindred.Grains.Deletions;
using Kindred.Grains.Jobs;
using Kindred.Grains.Tests.World;
using Kindred.Serving;
using Kindred.Serving.Readings;
using Kindred.Storage.Artifacts;
using Kindred.Storage.Events;
using Kindred.Storage.Objects;
using Kindred.Storage.Segments;
using Kindred.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Kindred.Grains.Tests.Deletions;

/// <summary>Users are forgotten, and nobody else: on real silos, down to the bytes of every file.</summary>
public sealed class DataDeletionTests : IDisposable
{
    private const string UsersSchema =
        """
        {"type":"record","name":"Users","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"USER_ID","type":"string"},{"name":"PLAN","type":["string","null"],"categorical":true}],"version":"1.0"}
        """;

    private const string ActionInteractionsSchema =
        """
        {"type":"record","name":"ActionInteractions","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ACTION_ID","type":"string"},{"name":"EVENT_TYPE","type":"string"},
        {"name":"TIMESTAMP","type":"long"}],"version":"1.0"}
        """;

    private const int People = 60;
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Delete_UsersInEveryPlace_LeavesNoTraceOfThemAndAllOfTheOthers()
    {
        var random = new Random(7);
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await OpenAsync(silo);
        await FillAsync(silo, shop, random);
        var gone = Enumerable.Range(0, People).Where(_ => random.Next(3) == 0).Select(Id).ToHashSet();
        var before = await RowsAsync(silo, shop);
        Assert.NotEmpty(await Traces.FindAsync(_data.Path, gone));

        var job = await DeleteAsync(silo, shop, "forget", gone);

        Assert.Equal((ResourceStatus.Completed, null), (job.Status, job.DeletionJob.FailureReason));
        Assert.Empty(await Traces.FindAsync(_data.Path, gone));
        var after = await RowsAsync(silo, shop);
        Assert.Equal(before.Interactions.Where(row => !gone.Contains(row.Split(' ')[0])), after.Interactions);
        Assert.Equal(before.Users.Where(user => !gone.Contains(user)), after.Users);
        var receipt = job.Receipt!;
        Assert.Equal(gone.Count, receipt.Users);
        Assert.Equal(before.Interactions.Count - after.Interactions.Count + before.Users.Count - after.Users.Count, receipt.Rows);
        Assert.Equal(
            [("INTERACTIONS", gone.Count), ("USERS", gone.Count)],
            receipt.Datasets.OrderBy(dataset => dataset.DatasetType).Select(dataset => (dataset.DatasetType, (int)dataset.Users)));
        Assert.True(receipt.LogRecords > 0 && receipt.RefusedRows == 2, $"{receipt.LogRecords} records, {receipt.RefusedRows} refused rows");
        var described = (await silo.CallAsync<DescribeDataDeletionJobRequest, DescribeDataDeletionJobResponse>(
            shop.Caller, new() { DataDeletionJobArn = job.Arn.ToString() })).DataDeletionJob!;
        Assert.Equal(("COMPLETED", (int?)receipt.Rows), (described.Status, described.NumDeleted));
        foreach (var user in gone) Assert.Null(await DescribeUserAsync(silo, shop, user));
        Assert.NotNull(await DescribeUserAsync(silo, shop, Id(Enumerable.Range(0, People).First(i => !gone.Contains(Id(i))))));
    }

    [Fact]
    public async Task Delete_WhatUsersDidAboutActions_GoesToo()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await OpenAsync(silo);
        await shop.Tenant.CreateSchemaAsync(new() { Name = "action-interactions", Schema = ActionInteractionsSchema }, shop.Caller);
        await shop.Tenant.CreateDatasetAsync(
            new()
            {
                Name = "action-interactions", SchemaArn = shop.Name("schema/action-interactions"), DatasetGroupArn = shop.GroupArn,
                DatasetType = "Action_Interactions",
            },
            shop.Caller);
        StreamedActionInteraction Taken(string user) => new(new StreamedEvent(
            user, $"session-{user}", Guid.NewGuid().ToString(), "TAKEN", null, "a1", DateTimeOffset.UtcNow, null, null, null, null));
        await silo.Get<IEventLog>().AppendAsync(Arn.Parse(shop.GroupArn), [Taken("person-gone"), Taken("person-here")], default);

        var job = await DeleteAsync(silo, shop, "forget", ["person-gone"]);

        Assert.Equal((ResourceStatus.Completed, 1, 1), (job.Status, job.Receipt!.Rows, job.Receipt.LogRecords));
        Assert.Empty(await Traces.FindAsync(_data.Path, ["person-gone"]));
        Assert.NotEmpty(await Traces.FindAsync(_data.Path, ["person-here"]));
    }

    [Fact]
    public async Task Delete_VisitorsAreForgottenByTheirSession_AndLinksOfSessionsToo()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await OpenAsync(silo);
        await PutAsync(silo, shop, user: null, "session-anon", "i1", "i2");
        await PutAsync(silo, shop, user: null, "session-linked", "i3");
        await PutAsync(silo, shop, "person-linked", "session-linked", "i4");
        Assert.NotNull(await DescribeUserAsync(silo, shop, "session-linked"));

        var job = await DeleteAsync(silo, shop, "forget", ["session-anon", "person-linked"]);

        Assert.Equal((ResourceStatus.Completed, 4), (job.Status, job.Receipt!.Rows));
        Assert.Empty(await Traces.FindAsync(_data.Path, ["session-anon", "person-linked", "session-linked"]));
        Assert.Null(await DescribeUserAsync(silo, shop, "session-anon"));
        Assert.Null(await DescribeUserAsync(silo, shop, "session-linked"));
    }

    [Fact]
    public async Task Delete_WhatComesAfterTheJobBegan_Stays()
    {
        TestSilo? current = null;
        Shop? shop = null;
        await using var silo = current = await StartAsync(async result =>
        {
            if (result is DeletionResult) await PutAsync(current!, shop!, "person-0001", "s-new", "i39");
        });
        shop = await OpenAsync(silo);
        await shop.ImportAsync("first", Interactions());

        var job = await DeleteAsync(silo, shop, "forget", ["person-0001"]);
        await silo.Grains.GetGrain<IJobControl>(shop.GroupArn).StartAsync(JobKind.Compact);
        await Eventually.IsTrueAsync(async () => (await silo.DataAsync(shop.DatasetArn)).StreamedSegments.Count > 0);

        Assert.Equal(ResourceStatus.Completed, job.Status);
        Assert.Equal(["person-0001 i39"], (await RowsAsync(silo, shop)).Interactions.Where(row => row.StartsWith("person-0001", StringComparison.Ordinal)));
        Assert.Equal(["i39"], (await DescribeUserAsync(silo, shop, "person-0001"))!.Newest.Select(e => e.ItemId));
    }

    [Fact]
    public async Task Delete_TheProcessEndsBetweenTwoDatasets_TheNextOneFinishes()
    {
        var reached = new TaskCompletionSource();
        Shop shop;
        IReadOnlyList<string> gone = ["person-0003", "person-0004"];
        await using (var first = await StartAsync(async result =>
        {
            // One dataset is published, and then nothing goes on.
            var publication = ((DeletionResult)result).Publications[0];
            await _current!.Grains.GetGrain<IDatasetResource>(publication.Data.DatasetArn.ToString()).PublishDeletionAsync(publication);
            reached.SetResult();
            await Task.Delay(Timeout.Infinite); // until the silo stops
        }))
        {
            _current = first;
            shop = await OpenAsync(first);
            await FillAsync(first, shop, new Random(3));
            await StartDeletionAsync(first, shop, "forget", gone);
            await reached.Task;
        }
        Assert.NotEmpty(await Traces.FindAsync(_data.Path, gone));

        await using var second = await TestSilo.StartAsync(_data.Path);
        var job = await SettleAsync(second, shop.Name("data-deletion-job/forget"));

        Assert.Equal((ResourceStatus.Completed, null), (job.Status, job.DeletionJob.FailureReason));
        Assert.Equal([("INTERACTIONS", 2L), ("USERS", 2L)],
            job.Receipt!.Datasets.OrderBy(dataset => dataset.DatasetType).Select(dataset => (dataset.DatasetType, dataset.Users)));
        Assert.Empty(await Traces.FindAsync(_data.Path, gone));
    }

    [Fact]
    public async Task Delete_AnOlderImportIsUnderWay_WaitsForItAndRemovesItsRows()
    {
        var (running, open) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var silo = await TestSilo.StartAsync(
            _data.Path,
            services => Decorate<ImportRunner>(services, async result =>
            {
                running.TrySetResult();
                await open.Task;
            }),
            new JobOptions { Lanes = { [JobLane.Data] = 3 } });
        var shop = await OpenAsync(silo);
        await shop.StartImportAsync("slow", Interactions());
        await running.Task;

        var arn = await StartDeletionAsync(silo, shop, "forget", ["person-0001"]);
        await Eventually.IsTrueAsync(async () => await silo.Grains.GetGrain<IJobGrain>(arn).DescribeAsync(default) is null || await IsBlockedAsync());
        Assert.Equal(ResourceStatus.Pending, (await silo.Grains.FindAsync<DataDeletionJobState>(arn))!.Status);
        open.SetResult();
        var job = await SettleAsync(silo, arn);

        Assert.Equal(ResourceStatus.Completed, job.Status);
        Assert.True(job.Receipt!.Rows > 0);
        Assert.DoesNotContain((await RowsAsync(silo, shop)).Interactions, row => row.StartsWith("person-0001", StringComparison.Ordinal));

        // Guarded by the import's dataset, it is in the queue and has not begun.
        async Task<bool> IsBlockedAsync() => (await silo.Grains.GetGrain<IJobGrain>(arn).DescribeAsync(default))?.Stage == "waiting";
    }

    [Fact]
    public async Task Delete_ModelsOfBeforeAreMarked_AndTheNextOneIsFree()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await OpenAsync(silo);
        await shop.ImportAsync("first", Interactions());
        await shop.CreateSolutionAsync();
        var old = (await shop.VersionAsync(await shop.StartTrainingAsync())).SolutionVersionArn!;

        var job = await DeleteAsync(silo, shop, "forget", ["person-0001"]);
        var later = (await shop.VersionAsync(await shop.StartTrainingAsync())).SolutionVersionArn!;

        Assert.Equal([Arn.Parse(old)], job.Receipt!.TrainedBefore);
        Assert.NotNull((await silo.Grains.FindAsync<SolutionVersionState>(old))!.DataDeletedAt);
        Assert.Null((await silo.Grains.FindAsync<SolutionVersionState>(later))!.DataDeletedAt);
    }

    [Fact]
    public async Task Delete_ASegmentOfAModelOfBefore_HasOthersInTheirPlaces()
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await OpenAsync(silo);
        await shop.ImportAsync("first", Interactions());
        await shop.CreateSolutionAsync("affinity", "aws-item-affinity");
        var version = (await shop.Tenant.CreateSolutionVersionAsync(
            new() { SolutionArn = shop.Name("solution/affinity") }, shop.Caller)).SolutionVersionArn!;
        Assert.Equal("ACTIVE", (await shop.VersionAsync(version)).Status);
        await shop.PutLinesAsync("in/items", """{"itemId":"i3"}""");
        var before = await SegmentAsync("before", 10);
        var everybody = await SegmentAsync("everybody", People);

        await PutAsync(silo, shop, before[1], "session-back", "i9");
        await DeleteAsync(silo, shop, "forget", before[..3]);
        await PutAsync(silo, shop, before[2], "session-back", "i9"); // somebody who comes back is in the data again
        var after = await SegmentAsync("after", 10);

        Assert.Equal(People, everybody.Length);
        Assert.Equal(everybody.Except(before[..2]).Take(10), after);

        async Task<string[]> SegmentAsync(string name, int users)
        {
            var job = await shop.RunAsync(shop.SegmentRequest(name, version) with { NumResults = users });
            Assert.Equal(("ACTIVE", null), (job.Status, job.FailureReason));
            return Assert.Single(await shop.ReadLinesAsync("out/items.out")).Users();
        }
    }

    [Theory]
    [InlineData("ID\nu1\n", "Input CSV is missing the following columns:[USER_ID]. 'forget.csv' has: ID.")]
    [InlineData("USER_ID\n", "The input names no user.")]
    [InlineData("USER_ID,B\nu1\n", "'forget.csv', line 2: there is 1 field where the header has 2.")]
    public async Task Delete_AListThatCannotBeRead_FailsAndRemovesNothing(string csv, string reason)
    {
        await using var silo = await TestSilo.StartAsync(_data.Path);
        var shop = await OpenAsync(silo);

        var job = await SettleAsync(silo, await StartDeletionAsync(silo, shop, "forget", csv));

        Assert.Equal((ResourceStatus.Failed, reason), (job.Status, job.DeletionJob.FailureReason));
    }

    [Fact]
    public async Task Create_TooManyUnfinishedOrAWrongLocation_IsRefused()
    {
        var open = new TaskCompletionSource();
        await using var silo = await StartAsync(_ => open.Task);
        var shop = await OpenAsync(silo);
        for (var i = 0; i < 5; i++) await StartDeletionAsync(silo, shop, $"forget{i}", ["u"]);

        var many = await Assert.ThrowsAsync<RefusedException>(() => StartDeletionAsync(silo, shop, "one-more", ["u"]));
        var wrong = await Assert.ThrowsAsync<RefusedException>(() => silo.CallAsync<CreateDataDeletionJobRequest, CreateDataDeletionJobResponse>(
            shop.Caller, Request(shop, "wrong", "https://example.com/list.csv")));
        open.SetResult();
        for (var i = 0; i < 5; i++) Assert.Equal(ResourceStatus.Completed, (await SettleAsync(silo, shop.Name($"data-deletion-job/forget{i}"))).Status);

        Assert.Equal(RefusalCode.LimitExceeded, many.Code);
        Assert.Equal(
            "More than 5 resources with PENDING or IN_PROGRESS status. The quota of data deletion jobs of a dataset group that wait or run is 5.",
            many.Message);
        Assert.Equal(RefusalCode.InvalidInput, wrong.Code);
        await silo.CallAsync<DeleteEventTrackerRequest>(shop.Caller, new() { EventTrackerArn = (await TrackerAsync(silo, shop)).EventTrackerArn! });
        await silo.CallAsync<DeleteDatasetRequest>(shop.Caller, new() { DatasetArn = shop.DatasetArn });
        await silo.CallAsync<DeleteDatasetRequest>(shop.Caller, new() { DatasetArn = shop.Name("dataset/shop/USERS") });
        await silo.CallAsync<DeleteDatasetGroupRequest>(shop.Caller, new() { DatasetGroupArn = shop.GroupArn });
        Assert.Null(await silo.Grains.FindAsync<DataDeletionJobState>(shop.Name("data-deletion-job/forget0")));
    }

    private TestSilo? _current;

    private static string Id(int person) => string.Create(CultureInfo.InvariantCulture, $"person-{person:D4}");

    private static string Interactions(int rows = 2000, int seed = 1)
    {
        var (random, csv) = (new Random(seed), new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n"));
        for (var row = 0; row < rows; row++)
            csv.Append(CultureInfo.InvariantCulture, $"{Id(row % People)},i{random.Next(40)},{1_700_000_000 + row},View\n");
        return csv.ToString();
    }

    private static async Task<Shop> OpenAsync(TestSilo silo)
    {
        var shop = await new Shop(silo, SiloFixture.NewTenant()).OpenAsync();
        await shop.Tenant.CreateSchemaAsync(new() { Name = "users", Schema = UsersSchema }, shop.Caller);
        await shop.Tenant.CreateDatasetAsync(
            new() { Name = "users", SchemaArn = shop.Name("schema/users"), DatasetGroupArn = shop.GroupArn, DatasetType = "Users" }, shop.Caller);
        await shop.Tenant.CreateEventTrackerAsync(new() { Name = "clicks", DatasetGroupArn = shop.GroupArn }, shop.Caller);
        return shop;
    }

    /// <summary>Everybody is in imports, in compacted segments, in the log, and one is among refused rows.</summary>
    private static async Task FillAsync(TestSilo silo, Shop shop, Random random)
    {
        var refused = $"{Id(1)},i1,never,View\n{Id(3)},i1,never,View\n{Id(4)},i1,never,View\n";
        await shop.ImportAsync("first", Interactions() + refused);
        await shop.ImportAsync("more", Interactions(seed: 2), "INCREMENTAL");
        var users = string.Concat(Enumerable.Range(0, People).Select(i => $"{Id(i)},basic\n"));
        await shop.ImportAsync("users", "USER_ID,PLAN\n" + users, datasetArn: shop.Name("dataset/shop/USERS"));
        for (var round = 0; round < 2; round++)
        {
            for (var person = 0; person < People; person++)
            {
                await PutAsync(silo, shop, random.Next(2) == 0 ? Id(person) : null, $"session-{Id(person)}", $"i{random.Next(40)}");
                await PutAsync(silo, shop, Id(person), $"session-{Id(person)}", $"i{random.Next(40)}");
                await silo.Get<EventIngestion>().PutUsersAsync(
                    new() { DatasetArn = shop.Name("dataset/shop/USERS"), Users = [new() { UserId = Id(person), Properties = """{"plan":"gold"}""" }] },
                    shop.Caller, default);
            }
            if (round > 0) break;
            await silo.Grains.GetGrain<IJobControl>(shop.GroupArn).StartAsync(JobKind.Compact);
            await Eventually.IsTrueAsync(async () => await silo.Grains.GetGrain<IJobGrain>(shop.GroupArn).DescribeAsync(default) is null);
        }
    }

    private static async Task PutAsync(TestSilo silo, Shop shop, string? user, string session, params string[] items)
    {
        var id = (await silo.CallAsync<DescribeEventTrackerRequest, DescribeEventTrackerResponse>(
            shop.Caller, new() { EventTrackerArn = (await TrackerAsync(silo, shop)).EventTrackerArn! })).EventTracker!.TrackingId!;
        await silo.Get<EventIngestion>().PutEventsAsync(
            new()
            {
                TrackingId = id, UserId = user, SessionId = session,
                EventList = [.. items.Select(item => new Contracts.Protocol.Events.Event { EventType = "View", ItemId = item, SentAt = DateTimeOffset.UtcNow })],
            },
            shop.Caller, default);
    }

    private static async Task<EventTrackerSummary> TrackerAsync(TestSilo silo, Shop shop) =>
        (await silo.CallAsync<ListEventTrackersRequest, ListEventTrackersResponse>(shop.Caller, new())).EventTrackers!.Single();

    private static async Task<string> StartDeletionAsync(TestSilo silo, Shop shop, string name, IEnumerable<string> users) =>
        await StartDeletionAsync(silo, shop, name, "USER_ID\n" + string.Join('\n', users) + "\n");

    private static async Task<string> StartDeletionAsync(TestSilo silo, Shop shop, string name, string csv)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        await silo.Get<ObjectStore>().PutAsync(shop.Caller.Account, "data", $"{name}/deep/{name}.csv", body, 64 << 20, default);
        var made = await silo.CallAsync<CreateDataDeletionJobRequest, CreateDataDeletionJobResponse>(shop.Caller, Request(shop, name, $"s3://data/{name}/"));
        return made.DataDeletionJobArn!;
    }

    private static CreateDataDeletionJobRequest Request(Shop shop, string name, string location) => new()
    {
        JobName = name, DatasetGroupArn = shop.GroupArn, DataSource = new() { DataLocation = location },
        RoleArn = "arn:aws:iam::000000000000:role/not-used",
    };

    private static async Task<DataDeletionJobState> DeleteAsync(TestSilo silo, Shop shop, string name, IEnumerable<string> users) =>
        await SettleAsync(silo, await StartDeletionAsync(silo, shop, name, users));

    private static Task<DataDeletionJobState> SettleAsync(TestSilo silo, string arn) =>
        Shop.SettleAsync(() => silo.Grains.FindAsync<DataDeletionJobState>(arn), job => job.Status);

    private static Task<UserReading?> DescribeUserAsync(TestSilo silo, Shop shop, string user) =>
        silo.Get<GroupReadings>().DescribeUserAsync(Arn.Parse(shop.GroupArn), user, 10, default);

    /// <summary>What a training would read: user and item of every interaction, and the users; sorted.</summary>
    private static async Task<(List<string> Interactions, List<string> Users)> RowsAsync(TestSilo silo, Shop shop)
    {
        var (interactions, users) = (new List<string>(), new HashSet<string>());
        var (data, people) = (await silo.DataAsync(shop.DatasetArn), await silo.DataAsync(shop.Name("dataset/shop/USERS")));
        using var files = await silo.Get<IArtifactStore>().OpenAllAsync(
            [.. SegmentOrder.Of(data).Concat(SegmentOrder.Of(people)).Select(segment => segment.Path)], default);
        InteractionSegments.Read(files.PathsOf(SegmentOrder.Of(data)), batch =>
        {
            for (var i = 0; i < batch.Count; i++) interactions.Add($"{batch.UserIds[batch.Users[i]]} {batch.ItemIds[batch.Items[i]]}");
        }, default);
        RecordSegments.Read(files.PathsOf(SegmentOrder.Of(people)), "USER_ID", [], batch => users.UnionWith(batch.Ids.ToArray()), default);
        var sessions = new Dictionary<string, string>();
        await silo.Get<IEventLog>().ReadAsync(Arn.Parse(shop.GroupArn), data.CompactedThrough, (_, record) =>
        {
            if (record is StreamedEvent { UserId: { } user } e) sessions[e.SessionId] = user;
        }, default);
        await silo.Get<IEventLog>().ReadAsync(Arn.Parse(shop.GroupArn), data.CompactedThrough, (_, record) =>
        {
            if (record is StreamedEvent e) interactions.Add($"{e.UserId ?? sessions[e.SessionId]} {e.ItemId}");
            if (record is StreamedUser put) users.Add(put.UserId);
        }, default);
        return ([.. interactions.Order(StringComparer.Ordinal)], [.. users.Order(StringComparer.Ordinal)]);
    }

    /// <param name="made">Hears of every result of a data deletion that is not yet published.</param>
    private Task<TestSilo> StartAsync(Func<JobResult, Task> made) => TestSilo.StartAsync(_data.Path, services => Decorate<DeletionRunner>(services, made));

    private static void Decorate<TRunner>(IServiceCollection services, Func<JobResult, Task> made) where TRunner : class, IJobRunner
    {
        services.Remove(services.First(service => service.ServiceType == typeof(IJobRunner) && service.ImplementationType == typeof(TRunner)));
        services.AddSingleton<IJobRunner>(provider => new WatchedRunner(ActivatorUtilities.CreateInstance<TRunner>(provider), made));
    }

    private sealed class WatchedRunner(IJobRunner runner, Func<JobResult, Task> made) : IJobRunner
    {
        public JobKind Kind => runner.Kind;

        public async Task<JobResult> RunAsync(JobRun run)
        {
            var result = await runner.RunAsync(run);
            await made(result).WaitAsync(run.CancellationToken);
            return result;
        }

        public Task DiscardAsync(Arn resource, JobResult result) => runner.DiscardAsync(resource, result);
    }
}
