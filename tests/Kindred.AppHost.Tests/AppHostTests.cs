using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Kindred.EndToEnd.Tests.Service;
using Kindred.Testing;
using Kindred.Testing.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kindred.AppHost.Tests;

public sealed class AppHostTests
{
    private const string Host = "kindred";

    [Fact]
    public async Task Host_KilledUnderAspire_LeavesNothingAndTheNextStartGoesOnWithTheData()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(4));
        using var folder = new TemporaryFolder();
        var environment = $"Kindred__DataPath={folder.Path}";
        SmallShop shop;
        IReadOnlyList<string> before;
        IReadOnlyList<int> aspire;
        await using (var app = await StartAsync(folder.Path, limit.Token))
        {
            using var client = ClientOf(app);
            shop = await SmallShop.BuildAsync(client, "aspire", "aws-popularity-count");
            before = await client.RecommendAsync(shop.CampaignArn, "user-5");
            Assert.NotEmpty(before);

            Kill(Assert.Single(ProcessTable.WithEnvironment(environment), id => ProcessTable.NameOf(id) == "Kindred.Host"));
            await app.ResourceNotifications.WaitForResourceAsync(Host, KnownResourceStates.TerminalStates, limit.Token);
            await Eventually.IsTrueAsync(() => Task.FromResult(ProcessTable.WithEnvironment(environment).Count == 0));
            await app.StopAsync(limit.Token);
        }

        await using (var app = await StartAsync(folder.Path, limit.Token))
        {
            using var client = ClientOf(app);
            var after = await client.RecommendAsync(shop.CampaignArn, "user-5");
            Assert.Equal(before, after);
            aspire = ProcessTable.OfAspire();
            Assert.NotEmpty(aspire);
            await app.StopAsync(limit.Token);
        }
        await Eventually.IsTrueAsync(() => Task.FromResult(!ProcessTable.WithEnvironment(environment).Concat(aspire).Any(ProcessTable.IsAlive)));
    }

    /// <summary>The application of the AppHost on a folder, started and healthy.</summary>
    private static async Task<DistributedApplication> StartAsync(string dataPath, CancellationToken stop)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Aspire_AppHost>(["--data", dataPath], stop);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        builder.CreateResourceBuilder<ProjectResource>(Host)
            .WithEnvironment("Kindred__Bootstrap__AccountId", TestKey.Bootstrap.Account)
            .WithEnvironment("Kindred__Bootstrap__AccessKeyId", TestKey.Bootstrap.AccessKeyId)
            .WithEnvironment("Kindred__Bootstrap__SecretAccessKey", TestKey.Bootstrap.SecretAccessKey);
        var app = await builder.BuildAsync(stop);
        await app.StartAsync(stop);
        await app.ResourceNotifications.WaitForResourceHealthyAsync(Host, stop);
        return app;
    }

    private static ServiceClient ClientOf(DistributedApplication app) => new(app.GetEndpoint(Host, "http"), TestKey.Bootstrap);

    private static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill(); // SIGKILL
    }
}
