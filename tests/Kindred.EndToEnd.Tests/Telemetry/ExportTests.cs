using Kindred.Client;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing;
using Kindred.Testing.Hosting;
using Kindred.Testing.Telemetry;

namespace Kindred.EndToEnd.Tests.Telemetry;

public sealed class ExportTests
{
    private const string Person = "somebody-whose-name-is-this";

    [Fact]
    public async Task Host_WithAnEndpoint_ExportsTracesFromHttpToStorageAndNothingPersonal()
    {
        using var folder = new TemporaryFolder();
        SmallShop shop;
        await using (var first = await HostProcess.StartAsync(new() { DataPath = folder.Path }))
        {
            using var before = new ServiceClient(first);
            shop = await SmallShop.BuildAsync(before, "traced", "aws-popularity-count");
            await first.StopAsync(TestContext.Current.CancellationToken);
        }

        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await HostProcess.StartAsync(new() { DataPath = folder.Path, Environment = receiver.Environment });
        using var client = new ServiceClient(host);
        var recommended = await client.RecommendAsync(shop.CampaignArn, Person);
        await client.PutEventAsync(shop.TrackingId, Person, recommended[0]);
        await client.CallAsync("CreateSchema", new() { ["name"] = "another", ["schema"] = SmallData.Schema });
        await Assert.ThrowsAsync<ServiceException>(() => client.CallAsync("DeleteDatasetGroup", new() { ["datasetGroupArn"] = shop.GroupArn }));
        await host.StopAsync(TestContext.Current.CancellationToken); // exports what is left

        AssertOneTrace(receiver, "POST /recommendations", "GetRecommendations", "ask for campaigns", "ICampaignGrain/GetServingAsync");
        AssertOneTrace(receiver, "POST /recommendations", "GetRecommendations", "ask for campaigns", "read catalog");
        AssertOneTrace(receiver, "POST /recommendations", "GetRecommendations", "open model");
        AssertOneTrace(receiver, "POST /events", "PutEvents", "append to event log");
        AssertOneTrace(receiver, "POST /", "CreateSchema", "IResource<TState>/CreateAsync", "write storage");
        var operation = receiver.Spans.First(span => span.Name == "GetRecommendations");
        Assert.Equal((TestKey.Bootstrap.Account, "GetRecommendations"),
            (operation.Attributes["kindred.tenant"], operation.Attributes["kindred.operation"]));
        Assert.Equal("ResourceInUse", receiver.Spans.First(span => span.Name == "DeleteDatasetGroup").Attributes["error.type"]);
        string[] expected =
        [
            "kindred.recommendations", "kindred.operation.duration", "http.server.request.duration", "dotnet.gc.collections",
            "orleans-app-requests-latency",
        ];
        Assert.Subset(receiver.Metrics.ToHashSet(), expected.ToHashSet());
        Assert.NotEqual(0, receiver.Logs);
        Assert.All(
            [Person, $"session-of-{Person}", recommended[0], TestKey.Bootstrap.AccessKeyId, TestKey.Bootstrap.SecretAccessKey, "user_agent"],
            secret => Assert.False(receiver.HasSeen(secret), $"'{secret}' was exported."));
    }

    [Theory]
    [InlineData("localhost:4317")]
    [InlineData("not an address")]
    public async Task Host_WithAnEndpointThatIsNoAddress_SaysSoAndDoesNotStart(string endpoint)
    {
        await using var host = HostProcess.Launch(new()
        {
            Environment = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint },
        });

        Assert.Equal(2, await host.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"OTEL_EXPORTER_OTLP_ENDPOINT is '{endpoint}'", host.Output, StringComparison.Ordinal);
    }

    /// <summary>Some span of the last name has all others above it, in this order, and the first is the root.</summary>
    private static void AssertOneTrace(OtlpReceiver receiver, params string[] names)
    {
        var spans = receiver.Spans.ToDictionary(span => (span.TraceId, span.Id));
        Assert.Contains(spans.Values.Where(span => span.Name == names[^1]), last =>
        {
            var above = new List<ExportedSpan>();
            for (var span = last; span is not null; span = spans.GetValueOrDefault((span.TraceId, span.ParentId))) above.Insert(0, span);
            return above[0].ParentId.Length == 0 && above[0].Name == names[0]
                && names.SequenceEqual(above.Select(span => span.Name).Where(names.Contains).Distinct());
        });
    }
}
