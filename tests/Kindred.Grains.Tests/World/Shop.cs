using System.Globalization;
using System.Text;
using Kindred.Contracts.Access;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Datasets;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Tenants;
using Kindred.Storage.Objects;

namespace Kindred.Grains.Tests.World;

/// <summary>A tenant at work: its requests, and small data of its own.</summary>
internal sealed class Shop(TestSilo silo, Caller caller)
{
    private const string InteractionsSchema =
        """
        {"type":"record","name":"Interactions","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"USER_ID","type":"string"},{"name":"ITEM_ID","type":"string"},{"name":"TIMESTAMP","type":"long"},{"name":"EVENT_TYPE","type":"string"}],"version":"1.0"}
        """;

    private const string ItemsSchema =
        """
        {"type":"record","name":"Items","namespace":"com.amazonaws.personalize.schema","fields":[
        {"name":"ITEM_ID","type":"string"},{"name":"HALF","type":"string","categorical":true},{"name":"PRICE","type":["float","null"]},
        {"name":"SHELF","type":["string","null"]}],"version":"1.0"}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public Caller Caller { get; } = caller;
    public TestSilo Silo => silo;
    public ITenantGrain Tenant => silo.Tenant(Caller);
    public string GroupArn => Name("dataset-group/shop");
    public string DatasetArn => Name("dataset/shop/INTERACTIONS");
    public string ItemsArn => Name("dataset/shop/ITEMS");
    public string SchemaArn => Name("schema/interactions");
    public string SolutionArn => Name("solution/best");
    public string Name(string resource) => $"arn:aws:personalize:{Caller.Region}:{Caller.Account}:{resource}";
    public Caller Retrying(string invocationId) => Caller with { InvocationId = invocationId };

    /// <summary>A group with a dataset of interactions, empty.</summary>
    public async Task<Shop> OpenAsync()
    {
        await Tenant.CreateDatasetGroupAsync(new() { Name = "shop" }, Caller);
        await Tenant.CreateSchemaAsync(new() { Name = "interactions", Schema = InteractionsSchema }, Caller);
        await Tenant.CreateDatasetAsync(
            new() { Name = "interactions", SchemaArn = SchemaArn, DatasetGroupArn = GroupArn, DatasetType = "Interactions" }, Caller);
        return this;
    }

    /// <summary>Adds an empty items dataset.</summary>
    public async Task OpenItemsAsync(string schema = ItemsSchema)
    {
        await Tenant.CreateSchemaAsync(new() { Name = "items", Schema = schema }, Caller);
        await Tenant.CreateDatasetAsync(
            new() { Name = "items", SchemaArn = Name("schema/items"), DatasetGroupArn = GroupArn, DatasetType = "Items" }, Caller);
    }

    public Task<CreateSolutionResponse> CreateSolutionAsync(string name = "best", string recipe = "aws-popularity-count") =>
        Tenant.CreateSolutionAsync(
            new()
            {
                Name = name,
                DatasetGroupArn = GroupArn,
                RecipeArn = $"arn:aws:personalize:::recipe/{recipe}",
                PerformAutoTraining = false,
            },
            Caller);

    public async Task<string> StartImportAsync(string name, string csv, string mode = "FULL", string? datasetArn = null)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        await silo.Get<ObjectStore>().PutAsync(Caller.Account, "data", $"{name}.csv", body, 64 << 20, CancellationToken.None);
        var response = await Tenant.CreateDatasetImportJobAsync(
            new()
            {
                JobName = name,
                DatasetArn = datasetArn ?? DatasetArn,
                DataSource = new() { DataLocation = $"s3://data/{name}.csv" },
                ImportMode = mode,
            },
            Caller);
        return response.DatasetImportJobArn!;
    }

    public async Task<DatasetImportJob> ImportAsync(string name, string csv, string mode = "FULL", string? datasetArn = null)
    {
        var arn = await StartImportAsync(name, csv, mode, datasetArn);
        return await SettleAsync(() => ImportJobAsync(arn), job => job.Status!);
    }

    public async Task<DatasetImportJob?> ImportJobAsync(string arn) =>
        (await silo.CallAsync<DescribeDatasetImportJobRequest, DescribeDatasetImportJobResponse>(
            Caller, new() { DatasetImportJobArn = arn })).DatasetImportJob;

    public async Task<Solution> SolutionAsync() =>
        (await silo.CallAsync<DescribeSolutionRequest, DescribeSolutionResponse>(Caller, new() { SolutionArn = SolutionArn })).Solution!;

    public async Task<string> StartTrainingAsync(string? mode = null) =>
        (await Tenant.CreateSolutionVersionAsync(new() { SolutionArn = SolutionArn, TrainingMode = mode }, Caller)).SolutionVersionArn!;

    public Task<SolutionVersion> VersionAsync(string arn) =>
        SettleAsync(
            async () => (await silo.CallAsync<DescribeSolutionVersionRequest, DescribeSolutionVersionResponse>(
                Caller, new() { SolutionVersionArn = arn })).SolutionVersion,
            version => version.Status!);

    public Task<Campaign> CampaignAsync(string arn) =>
        SettleAsync(
            async () => (await silo.CallAsync<DescribeCampaignRequest, DescribeCampaignResponse>(Caller, new() { CampaignArn = arn })).Campaign,
            campaign => campaign.LatestCampaignUpdate?.Status ?? campaign.Status!);

    /// <summary>Waits until no job works on a resource any more. Jobs report to grains, and grains are asked: there is no signal to await.</summary>
    public static async Task<T> SettleAsync<T>(Func<Task<T?>> describe, Func<T, string> status) where T : class
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var resource = await describe();
            Assert.NotNull(resource);
            if (!ResourceStatus.IsUnfinished(status(resource))) return resource;
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Enough interactions to train: users with tastes in two halves of the catalogue.</summary>
    public static string Interactions(int rows = 2000, int users = 60, int items = 40, int seed = 1)
    {
        var random = new Random(seed);
        var csv = new StringBuilder("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n");
        for (var row = 0; row < rows; row++)
        {
            var user = row % users;
            var item = random.Next(items / 2) + (user % 2 == 0 ? 0 : items / 2);
            csv.Append(CultureInfo.InvariantCulture, $"u{user},i{item},{1_700_000_000 + row},View\n");
        }
        return csv.ToString();
    }
}
