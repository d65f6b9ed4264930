using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kindred.Client;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.LifeCycle;

/// <summary>An import that refuses rows tells its tenant how many and why, and nobody else.</summary>
[Collection(SharedHostDefinition.Name)]
public sealed class RefusedRowsTests(SharedHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ImportJob_SomeRowsRefused_DescribesThemToItsTenant()
    {
        using var client = new ServiceClient(host.Process);
        var soon = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        var (name, arn) = await ImportAsync(client, string.Create(CultureInfo.InvariantCulture, $"u,i,never,View\nu,i,{soon},View\n"));

        var job = await client.GetAsync($"/v1/jobs/dataset-import-job/{name}");

        Assert.Equal(("ACTIVE", arn), ((string?)job["status"], (string?)job["datasetImportJobArn"]));
        Assert.Equal((1441L, 1L, 1L), ((long)job["goodRows"]!, (long)job["refusedRows"]!, (long)job["futureRows"]!));
        Assert.Equal(("TIMESTAMP", 1L), ((string?)job["faults"]![0]!["column"], (long)job["faults"]![0]!["rows"]!));
        Assert.Equal(job.ToJsonString(), (await client.GetAsync($"/v1/jobs/{arn}")).ToJsonString());
        var rows = await DownloadAsync(client, (string)job["refusedRowsPath"]!);
        Assert.Contains(
            "\"TIMESTAMP is 'never'; expected whole epoch seconds, such as 1700000000\",\"u,i,never,View\"", rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportJob_MostRowsRefused_IsDescribedAlthoughItFailed()
    {
        using var client = new ServiceClient(host.Process);
        var (name, _) = await ImportAsync(client, string.Concat(Enumerable.Repeat("u,i,never,View\n", 1440)));

        var job = await client.GetAsync($"/v1/jobs/dataset-import-job/{name}");

        Assert.Equal(("CREATE FAILED", 1440L, 50d), ((string?)job["status"], (long)job["refusedRows"]!, (double)job["refusedPercent"]!));
        Assert.Equal(1441, (await DownloadAsync(client, (string)job["refusedRowsPath"]!)).TrimEnd('\n').Split('\n').Length);
    }

    [Theory]
    [InlineData("/v1/jobs/dataset-import-job/{0}")]
    [InlineData("/v1/jobs/dataset-import-job/{0}/refused-rows")]
    [InlineData("/v1/jobs/{1}")]
    [InlineData("/v1/jobs/{1}/refused-rows")]
    [InlineData("/v1/jobs/dataset-import-job/..%2f{0}")]
    public async Task ImportJob_OfAnotherTenant_IsNotThere(string path)
    {
        using var client = new ServiceClient(host.Process);
        var (name, arn) = await ImportAsync(client, "u,i,never,View\n");
        var made = await client.Api.PostAsync("/v1/tenants", [], Stop);
        using var other = new ServiceClient(
            host.Process.BaseAddress, new TestKey((string)made["account"]!, (string)made["key"]!["id"]!, (string)made["key"]!["secret"]!));

        var refused = await Assert.ThrowsAsync<ServiceException>(
            () => other.Api.SendAsync(new HttpRequestMessage(HttpMethod.Get, string.Format(CultureInfo.InvariantCulture, path, name, arn)), Stop));

        Assert.True(refused.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, refused.ToString());
        Assert.Equal("ResourceNotFoundException", refused.Code);
    }

    /// <returns>The job's name and ARN, when it has ended: 1,440 good rows and these.</returns>
    private static async Task<(string Name, string Arn)> ImportAsync(ServiceClient client, string moreRows)
    {
        var name = $"refused-{Guid.NewGuid().ToString("N")[..8]}";
        var resources = client.Resources(name);
        var dataset = await resources.CreateDatasetAsync(await resources.CreateGroupAsync(Stop), SmallData.Interactions, Stop);
        await client.Api.UploadAsync(name, "rows.csv", new ByteArrayContent(Encoding.UTF8.GetBytes(SmallData.Csv() + moreRows)), null, Stop);
        var created = await client.CallAsync("CreateDatasetImportJob", new()
        {
            ["jobName"] = name, ["datasetArn"] = dataset, ["roleArn"] = "arn:aws:iam::000000000000:role/not-used",
            ["dataSource"] = new JsonObject { ["dataLocation"] = $"s3://{name}/rows.csv" },
        });
        var arn = (string)created["datasetImportJobArn"]!;
        while ((string?)(await client.DescribeAsync("DatasetImportJob", arn))["status"] is not ("ACTIVE" or "CREATE FAILED"))
            await Task.Delay(50, Stop);
        return (name, arn);
    }

    private static async Task<string> DownloadAsync(ServiceClient client, string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(client.BaseAddress, path) };
        using var message = new HttpRequestMessage(HttpMethod.Get, (Uri?)null);
        message.Headers.Add("x-api-key", $"{client.Key.AccessKeyId}:{client.Key.SecretAccessKey}");
        using var answer = await http.SendAsync(message, Stop);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync(Stop);
    }
}
