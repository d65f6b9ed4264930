using Kindred.Contracts.Access;
using Kindred.Contracts.Arns;
using Kindred.Contracts.Catalog;
using Kindred.Contracts.Protocol;
using Kindred.Contracts.Protocol.Events;
using Kindred.Contracts.Refusals;
using Kindred.Grains.Tests.World;
using Kindred.Storage.Events;
using Kindred.Storage.Objects;

namespace Kindred.Grains.Tests.Datasets;

/// <summary>Exports on a real silo: what came in by either way goes out, and an import reads it again.</summary>
[Collection("silo")]
public sealed class ExportTests(SiloFixture fixture)
{
    private readonly Caller _caller = SiloFixture.NewTenant();

    [Fact]
    public async Task Run_OfInteractions_WritesEachRowOnce_AndAnImportReadsThem()
    {
        var shop = await new Shop(fixture.Silo, _caller).OpenAsync();
        var csv = Shop.Interactions(rows: 1000);
        await shop.ImportAsync("first", csv + string.Concat(csv.Split('\n')[1..4].Select(row => row + "\n")));
        await StreamAsync(shop, new StreamedEvent("u1", "s1", "e1", "Buy", null, "i\"7,x", At(1_750_000_000), null, null, null, null));
        await StreamAsync(shop, new StreamedEvent(null, "s2", "e2", "Buy", null, "i8", At(1_750_000_001), null, null, null, null));

        Assert.Equal(1000, await RowsAsync(shop, "bulk", "BULK"));
        Assert.Equal(1, await RowsAsync(shop, "put", null));
        Assert.Equal(1001, await RowsAsync(shop, "all", "ALL"));

        var put = await shop.ReadTextAsync("exports/put.part-00000.csv");
        Assert.Equal("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\nu1,\"i\\\"7,x\",1750000000,Buy\n", put);
        var all = await shop.ReadTextAsync("exports/all.part-00000.csv");
        Assert.Equal(csv.Split('\n')[1..].Append(put.Split('\n')[1]).Order(StringComparer.Ordinal), all.Split('\n')[1..].Order(StringComparer.Ordinal));
        // Nothing of the way there is left, and the manifest is what it was.
        Assert.Equal(("ACTIVE", null, "ALL"), await DescribeAsync(shop, "all"));
        Assert.Empty((await fixture.Silo.DataAsync(shop.DatasetArn)).StreamedSegments);

        var again = await new Shop(fixture.Silo, SiloFixture.NewTenant()).OpenAsync();
        Assert.Equal("ACTIVE", (await again.ImportAsync("back", all)).Status);
        Assert.Equal(1001, Assert.Single((await fixture.Silo.DataAsync(again.DatasetArn)).BulkSegments).RowCount);
    }

    [Fact]
    public async Task Run_OfItems_KeepsTheNewestRowOfEachInAll_AndEveryDifferentOneElsewhere()
    {
        var shop = await new Shop(fixture.Silo, _caller).OpenAsync();
        await shop.OpenItemsAsync();
        await shop.ImportAsync("items", "ITEM_ID,HALF,PRICE,SHELF\na,low,1,\nb,low,2,x\na,low,1,\na,high,3,y\n", datasetArn: shop.ItemsArn);
        await StreamAsync(shop, new StreamedItem("b", """{"half":"high","price":9,"shelf":"line\nbreak"}"""));

        Assert.Equal(3, await RowsAsync(shop, "bulk", "BULK", shop.ItemsArn));
        Assert.Equal(2, await RowsAsync(shop, "all", "ALL", shop.ItemsArn));

        Assert.Equal(
            ["ITEM_ID,HALF,PRICE,SHELF", "a,high,3,y", "b,high,9,line break", ""],
            (await shop.ReadTextAsync("exports/all.part-00000.csv")).Split('\n'));
    }

    [Fact]
    public async Task Create_OfNoDatasetOrToNoBucket_IsRefused_AndJobsAreListedByDataset()
    {
        var shop = await new Shop(fixture.Silo, _caller).OpenAsync();
        var request = Request(shop, "job", null, shop.DatasetArn);
        Assert.Equal(RefusalCode.ResourceNotFound, (await RefusedAsync(request with { DatasetArn = shop.ItemsArn })).Code);
        var located = await RefusedAsync(request with { JobOutput = new() { S3DataDestination = new() { Path = "https://data/x" } } });
        Assert.Contains("not of the form s3://bucket/folder/", located.Message, StringComparison.Ordinal);

        // A dataset without rows has a header.
        Assert.Equal(0, await RowsAsync(shop, "job", "BULK"));
        var listed = await fixture.Silo.CallAsync<ListDatasetExportJobsRequest, ListDatasetExportJobsResponse>(
            _caller, new() { DatasetArn = shop.DatasetArn });
        Assert.Equal(("job", "ACTIVE"), listed.DatasetExportJobs!.Select(job => (job.JobName!, job.Status!)).Single());
    }

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    private async Task<RefusedException> RefusedAsync(CreateDatasetExportJobRequest request) => await Assert.ThrowsAsync<RefusedException>(
        () => fixture.Silo.CallAsync<CreateDatasetExportJobRequest, CreateDatasetExportJobResponse>(_caller, request));

    private async Task StreamAsync(Shop shop, StreamedRecord record) =>
        await fixture.Silo.Get<IEventLog>().AppendAsync(Arn.Parse(shop.GroupArn), [record], CancellationToken.None);

    private static CreateDatasetExportJobRequest Request(Shop shop, string name, string? mode, string dataset) => new()
    {
        JobName = name, DatasetArn = dataset, IngestionMode = mode, RoleArn = "arn:aws:iam::123456789012:role/export",
        JobOutput = new() { S3DataDestination = new() { Path = "s3://data/exports" } },
    };

    private async Task<(string? Status, string? FailureReason, string? Mode)> DescribeAsync(Shop shop, string name)
    {
        var job = (await fixture.Silo.CallAsync<DescribeDatasetExportJobRequest, DescribeDatasetExportJobResponse>(
            _caller, new() { DatasetExportJobArn = shop.Name($"dataset-export-job/{name}") })).DatasetExportJob!;
        return (job.Status, job.FailureReason, job.IngestionMode);
    }

    /// <returns>Rows of the file that the export wrote.</returns>
    private async Task<int> RowsAsync(Shop shop, string name, string? mode, string? dataset = null)
    {
        await fixture.Silo.CallAsync<CreateDatasetExportJobRequest, CreateDatasetExportJobResponse>(
            _caller, Request(shop, name, mode, dataset ?? shop.DatasetArn));
        var state = await Shop.SettleAsync(
            () => fixture.Silo.Grains.FindAsync<Contracts.Datasets.DatasetExportJobState>(shop.Name($"dataset-export-job/{name}")), job => job.Status);
        Assert.Equal((ResourceStatus.Active, null), (state.Status, state.ExportJob.FailureReason));
        Assert.Equal(mode ?? "PUT", state.ExportJob.IngestionMode);
        var rows = (await shop.ReadTextAsync($"exports/{name}.part-00000.csv")).Count(c => c == '\n') - 1;
        Assert.Equal(state.Rows, rows);
        return rows;
    }
}
