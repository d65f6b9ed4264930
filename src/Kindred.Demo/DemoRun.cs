using System.Globalization;
using System.Text.Json.Nodes;
using Kindred.Client;

namespace Kindred.Demo;

/// <summary>From files to a personalised recommendation through the public API, narrated.</summary>
/// <param name="processStart">When the process started: what the reader waited from.</param>
internal sealed class DemoRun(DemoTarget target, IDemoData data, DemoConsole console, TimeProvider clock, DateTimeOffset processStart)
{
    private const string Recipe = "aws-user-personalization-v2";
    private const int Shown = 10;

    /// <exception cref="DemoFailedException">A job failed, or the data cannot be used.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        using var signer = new SigV4Handler(target.AccessKeyId, target.SecretAccessKey, target.Region, clock, new SocketsHttpHandler());
        using var http = new HttpClient(signer) { BaseAddress = target.BaseAddress, Timeout = TimeSpan.FromMinutes(30) };
        var api = new ApiClient(http);

        console.Headline($"Kindred demo: {data.Summary}");
        foreach (var note in data.Notes) console.Line($"  {note}");
        var (campaignArn, trackingId) = await PrepareAsync(api, stop);

        var before = await RecommendAsync(api, campaignArn, stop);
        var waited = (clock.GetUtcNow() - processStart).TotalSeconds;
        ShowHistory();
        console.Headline($"Recommended for {data.Shopper.Label}");
        Show(before);
        console.Headline(string.Create(CultureInfo.InvariantCulture, $"first personalised recommendation after {waited:F1} s"));

        var surprise = data.PickSurprise(before);
        await SendEventAsync(api, trackingId, surprise, stop);
        console.Headline($"{data.Shopper.Label} now does {data.SurpriseEvent}: {data.NameOf(surprise)}");
        console.Line("The event is on disk and counts from the next request on:");
        ShowMoves(await RecommendAsync(api, campaignArn, stop), before);
        ShowSnippets(campaignArn);
    }

    private async Task<(string CampaignArn, string TrackingId)> PrepareAsync(ApiClient api, CancellationToken stop)
    {
        var resources = new DemoResources(api, DemoResources.NamePrefix + data.Fingerprint);
        if (await resources.FindReadyAsync(stop) is { } ready)
        {
            console.Line("  An earlier run on this data folder has already trained and deployed it.");
            return ready;
        }

        await console.StepAsync("remove what earlier demos left", async () => { await new DemoCleanup(api).RunAsync(stop); return true; });
        var group = await console.StepAsync("create the dataset group", () => resources.CreateGroupAsync(stop));
        foreach (var dataset in data.Datasets)
        {
            var refused = await console.StepAsync($"upload and import {dataset.Type.ToLowerInvariant()}", async () =>
                await resources.ImportAsync(await resources.CreateDatasetAsync(group, dataset, stop), dataset, stop));
            if (refused is not null) console.Line($"  {refused}");
        }

        var trackingId = await console.StepAsync("create the event tracker", () => resources.CreateTrackerAsync(group, stop));
        var version = await console.StepAsync($"train {Recipe}", () => resources.TrainAsync(group, Recipe, stop));
        var campaign = await console.StepAsync("deploy the campaign", () => resources.DeployAsync(version, stop));
        return (campaign, trackingId);
    }

    private async Task<List<string>> RecommendAsync(ApiClient api, string campaignArn, CancellationToken stop)
    {
        var request = new JsonObject { ["campaignArn"] = campaignArn, ["userId"] = data.Shopper.UserId, ["numResults"] = Shown };
        var answer = await api.PostAsync("/recommendations", request, stop);
        return [.. answer["itemList"]!.AsArray().Select(i => (string)i!["itemId"]!)];
    }

    private async Task SendEventAsync(ApiClient api, string trackingId, string itemId, CancellationToken stop)
    {
        var surprise = new JsonObject
        {
            ["eventType"] = data.SurpriseEvent,
            ["itemId"] = itemId,
            ["sentAt"] = clock.GetUtcNow().ToUnixTimeSeconds(),
        };
        await api.PostAsync(
            "/events",
            new()
            {
                ["trackingId"] = trackingId,
                ["userId"] = data.Shopper.UserId,
                ["sessionId"] = $"demo-{Guid.NewGuid():N}",
                ["eventList"] = new JsonArray(surprise),
            },
            stop);
    }

    private void ShowHistory()
    {
        console.Headline($"What {data.Shopper.Label} did lately");
        console.Table(["when", "event", "item"], data.Shopper.History.TakeLast(Shown).Select(
            h => (IReadOnlyList<string>)[h.When.ToString("d MMM HH:mm", CultureInfo.InvariantCulture), h.Event, data.NameOf(h.ItemId)]));
    }

    private void Show(List<string> items) =>
        console.Table(["", "item"], items.Select((item, rank) => (IReadOnlyList<string>)[Ordinal(rank), data.NameOf(item)]));

    private void ShowMoves(List<string> items, List<string> before) =>
        console.Table(["", "item", ""], items.Select(
            (item, rank) => (IReadOnlyList<string>)[Ordinal(rank), data.NameOf(item), Move(before.IndexOf(item), rank)]));

    private static string Ordinal(int rank) => (rank + 1).ToString(CultureInfo.InvariantCulture);

    private static string Move(int before, int now) => before switch
    {
        < 0 => "new",
        _ when before == now => "",
        _ => string.Create(CultureInfo.InvariantCulture, $"was {before + 1}"),
    };

    private void ShowSnippets(string campaignArn)
    {
        var user = data.Shopper.UserId;
        console.Headline("Try it: curl, with the key in a header");
        console.Line(DemoSnippets.Curl(target, campaignArn, user));
        console.Headline("or signed, as the AWS SDKs do");
        console.Line(DemoSnippets.SignedCurl(target, campaignArn, user));
        console.Headline("Python, boto3");
        console.Line(DemoSnippets.Boto3(target, campaignArn, user));
        console.Headline("JavaScript, AWS SDK v3");
        console.Line(DemoSnippets.JavaScript(target, campaignArn, user));
        console.Headline("A fuller model is trained meanwhile, and the campaign takes it by itself. How far it is:");
        console.Line(DemoSnippets.Jobs(target));
        var address = target.BaseAddress.GetLeftPart(UriPartial.Authority);
        console.Headline($"Serving on {address} until Ctrl-C. Be {data.Shopper.Label} yourself, in the browser:");
        console.Line(DemoSnippets.Storefront(target, campaignArn, user));
    }
}
