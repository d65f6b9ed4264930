using System.Text;
using System.Text.Json.Nodes;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing.Hosting;

namespace Kindred.EndToEnd.Tests.Hostile;

/// <summary>Files that no import should take: the job fails with a reason, or takes the good rows; memory stays bounded.</summary>
public sealed class HostileImportTests(HostileImportTests.Fixture fixture) : IClassFixture<HostileImportTests.Fixture>
{
    private static readonly long LongLineBytes = Drills.Long ? 1L << 30 : 100L << 20;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("empty", "")]
    [InlineData("header only", "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n")]
    [InlineData("wrong columns", "A,B,C\n1,2,3\n")]
    [InlineData("missing column", "USER_ID,ITEM_ID,EVENT_TYPE\nu,i,View\n")]
    [InlineData("no header", "u,i,1700000000,View\nu,i,1700000001,View\n")]
    [InlineData("only NULs", "\0\0\0\0\0\0\0\0\0\0")]
    [InlineData("NULs in every row", "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\nu\0,i,1700000000,View\n")]
    [InlineData("words for numbers", "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\nu,i,yesterday,View\n")]
    [InlineData("an unclosed quote", "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n\"u,i,1700000000,View\n")]
    [InlineData("json", "{\"USER_ID\":1}")]
    public async Task Import_FileWithoutGoodRow_FailsWithReason(string name, string content)
    {
        var job = await ImportAsync(name.Replace(' ', '-'), new ByteArrayContent(Encoding.UTF8.GetBytes(content)));

        Assert.Equal("CREATE FAILED", (string?)job["status"]);
        Assert.True(((string?)job["failureReason"])?.Length > 20, $"{name}: '{job["failureReason"]}'");
    }

    [Fact]
    public async Task Import_NotGzip_FailsWithReason()
    {
        var job = await ImportAsync("not-gzip", new ByteArrayContent("this is no gzip"u8.ToArray()), "file.csv.gz");

        Assert.Equal("CREATE FAILED", (string?)job["status"]);
        Assert.NotNull((string?)job["failureReason"]);
    }

    [Fact]
    public async Task Import_OneEndlessLine_IsRefusedInBoundedMemory()
    {
        var before = fixture.Host.PeakResidentBytes();

        var job = await ImportAsync("endless-line", new StreamContent(new RepeatingStream("USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE\n", LongLineBytes)));

        Assert.Equal("CREATE FAILED", (string?)job["status"]);
        Assert.NotNull((string?)job["failureReason"]);
        Assert.InRange(fixture.Host.PeakResidentBytes() - before, 0, 400L << 20);
    }

    private async Task<JsonObject> ImportAsync(string name, HttpContent content, string file = "file.csv")
    {
        await fixture.UploadAsync($"{name}/{file}", content);
        var created = await fixture.Client.CallAsync("CreateDatasetImportJob", new()
        {
            ["jobName"] = name, ["datasetArn"] = fixture.DatasetArn, ["roleArn"] = "arn:aws:iam::000000000000:role/not-used",
            ["dataSource"] = new JsonObject { ["dataLocation"] = $"s3://hostile/{name}/{file}" },
        });
        while (true)
        {
            var job = await fixture.Client.DescribeAsync("DatasetImportJob", (string)created["datasetImportJobArn"]!);
            if ((string?)job["status"] is "ACTIVE" or "CREATE FAILED") return job;
            await Task.Delay(50, Stop);
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal HostProcess Host { get; private set; } = null!;
        internal ServiceClient Client { get; private set; } = null!;
        internal string DatasetArn { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Host = await HostProcess.StartAsync();
            Client = new ServiceClient(Host);
            var resources = Client.Resources("hostile");
            DatasetArn = await resources.CreateDatasetAsync(
                await resources.CreateGroupAsync(CancellationToken.None), SmallData.Interactions, CancellationToken.None);
        }

        /// <summary>With the key in a header: the body is not hashed by the client, so it can be endless.</summary>
        internal async Task UploadAsync(string key, HttpContent content)
        {
            using var http = new HttpClient { BaseAddress = Host.BaseAddress, Timeout = TimeSpan.FromMinutes(10) };
            using var message = new HttpRequestMessage(HttpMethod.Put, $"/buckets/hostile/{key}") { Content = content };
            message.Headers.Add("x-api-key", $"{TestKey.Bootstrap.AccessKeyId}:{TestKey.Bootstrap.SecretAccessKey}");
            using var answer = await http.SendAsync(message, CancellationToken.None);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(CancellationToken.None));
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Host.DisposeAsync();
        }
    }
}
